const { imul } = Math

/**
 * 32 bytes that depend on every byte of `parts` and on where one part ends: FNV-1a with eight offsets, and the last
 * step of MurmurHash3. No protection at all, and the same everywhere, which is what a fake needs. Two inputs that are
 * different in one place only never have the same digest.
 */
export function fakeDigest(...parts: readonly (string | Uint8Array)[]): Uint8Array {
  const codes = parts.flatMap((part) => [part.length, ...(typeof part === 'string' ? charCodes(part) : part)])
  const words = Uint32Array.from({ length: 8 }, (_, offset) => {
    let hash = 0x811c9dc5 ^ (offset + 1)
    for (const code of codes) hash = imul(hash ^ code, 0x01000193)
    hash = imul(hash ^ (hash >>> 16), 0x85ebca6b)
    hash = imul(hash ^ (hash >>> 13), 0xc2b2ae35)
    return hash ^ (hash >>> 16)
  })
  return new Uint8Array(words.buffer)
}

const charCodes = (text: string): readonly number[] => text.split('').map((unit) => unit.charCodeAt(0))
