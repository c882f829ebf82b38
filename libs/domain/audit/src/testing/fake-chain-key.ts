import type { ChainKey } from '../ports/chain-key.ts'

const { imul } = Math

/** Seals by an invertible mixture that depends on every character: no protection at all, which is what a fake needs. */
export class FakeChainKey implements ChainKey {
  constructor(readonly id = 'fa4e00000001') {}

  seal(text: string): string {
    const words = Uint32Array.from({ length: 8 }, (_, index) => imul(index + 1, 0x9e3779b1))
    for (const [at, character] of [...`${this.id} ${text}`].entries()) {
      const word = at % 8
      const mixed = (words[word] ?? 0) ^ (words[(word + 7) % 8] ?? 0) ^ (character.codePointAt(0) ?? 0)
      words[word] = imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d)
    }
    for (let round = 0; round < 16; round++) {
      const mixed = (words[round % 8] ?? 0) ^ (words[(round + 7) % 8] ?? 0)
      words[round % 8] = imul(mixed ^ (mixed >>> 13), 0x297a2d39)
    }
    return [...words].map((word) => word.toString(16).padStart(8, '0')).join('')
  }
}
