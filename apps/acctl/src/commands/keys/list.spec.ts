import { describe, expect, it } from '@jest/globals'
import { aSigningKey } from '@ac/key-rotation/testing'
import { inMemoryProgram } from '../../../test/in-memory-program.ts'

const ACTIVE = aSigningKey()
const RETIRING = aSigningKey({ status: 'retiring', retiresAt: new Date('2026-01-08T00:00:00.500Z') })

describe('acctl keys list', () => {
  it('prints where each key stands and nothing of its material', async () => {
    const { json } = await inMemoryProgram([ACTIVE, RETIRING]).run('keys', 'list')
    expect(json).toMatchObject({
      keys: [{ kid: ACTIVE.kid, alg: 'EdDSA' }, { retires_at: '2026-01-08T00:00:00.500Z' }],
    })
    expect(JSON.stringify(json)).not.toMatch(/sealed|private|"x"/)
  })

  it('prints a table of at most 100 columns with the whole kid', async () => {
    const { text } = await inMemoryProgram([ACTIVE, RETIRING]).run('keys', 'list')
    const [header, active, retiring] = text.split('\n')
    expect(header).toMatch(/^KID +STATUS +CREATED +ACTIVATED +RETIRES$/)
    expect(active).toMatch(new RegExp(`^${ACTIVE.kid} +active +2026-01-01 +2026-01-01 +-$`))
    expect(retiring).toMatch(/ retiring +2026-01-01 +2026-01-01 +2026-01-08$/)
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100)
  })
})
