import { describe, expect, it } from '@jest/globals'
import { aSigningKey } from '@ac/key-rotation/testing'
import { keyId } from '@ac/kernel'
import { inMemoryProgram } from '../../../test/in-memory-program.ts'

const DASHED = keyId(`-${'0'.repeat(42)}`)
const KEYS = [aSigningKey(), aSigningKey({ kid: DASHED, status: 'next' })]
const ACTIVE = aSigningKey().kid

describe('acctl keys revoke', () => {
  it('prints the key as it is now', async () => {
    const { json, text } = await inMemoryProgram(KEYS).run('keys', 'revoke', ACTIVE, '--yes')
    expect(json).toMatchObject({ kid: ACTIVE, status: 'revoked', retires_at: '2026-01-01T00:00:00.000Z' })
    expect(text).toBe(`${ACTIVE} is revoked\n`)
  })

  it('takes a kid that begins with a dash behind two dashes', async () => {
    const { json } = await inMemoryProgram(KEYS).run('keys', 'revoke', '--yes', '--', DASHED)
    expect(json).toMatchObject({ kid: DASHED, status: 'revoked' })
  })

  it('asks first, with the kid in the question, and changes nothing when the answer is no', async () => {
    const asked: string[] = []
    const answers = [false, true]
    const ask = async (question: string) => (asked.push(question), answers.shift() ?? false)
    const { run, signingKeys } = inMemoryProgram(KEYS, ask)
    await expect(run('keys', 'revoke', ACTIVE)).rejects.toMatchObject({ code: 'not_confirmed' })
    expect((await signingKeys.read()).keys).toEqual(KEYS)
    await run('keys', 'revoke', ACTIVE)
    expect(asked).toEqual([1, 2].map(() => expect.stringContaining(ACTIVE)))
  })

  it.each([
    ['unknown_signing_key', 'nobody'],
    ['signing_key_revoked', 'old'],
  ])('is refused as %s', async (code, kid) => {
    const { run } = inMemoryProgram([...KEYS, aSigningKey({ kid: keyId('old'), status: 'revoked' })])
    await expect(run('keys', 'revoke', kid, '--yes')).rejects.toMatchObject({ code })
  })

  it('is recorded as an act of acctl', async () => {
    const { run, signingKeys } = inMemoryProgram(KEYS)
    await run('keys', 'revoke', ACTIVE, '--yes')
    expect(signingKeys.events[0]).toMatchObject({ type: 'signing_key.revoked', target: ACTIVE, actor: 'acctl' })
  })
})
