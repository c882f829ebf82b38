import { describe, expect, it } from '@jest/globals'
import { KeyInitialiser } from '@ac/key-rotation'
import { inMemoryProgram } from '../../../test/in-memory-program.ts'

describe('acctl keys rewrap', () => {
  it('prints each key that it sealed anew, and the second time that there was none', async () => {
    const { run, keyDeps, signingKeys } = inMemoryProgram()
    await new KeyInitialiser(keyDeps).initialise()
    const kids = (await signingKeys.read()).keys.map(({ kid }) => kid)
    const { json, text } = await run('keys', 'rewrap')
    expect(json).toEqual({ rewrapped: kids })
    expect(text).toBe(kids.map((kid) => `sealed ${kid} anew\n`).join(''))
    const again = await run('keys', 'rewrap')
    expect(again.json).toEqual({ rewrapped: [] })
    expect(again.text).toBe('every private key was sealed under AC_MASTER_KEY already\n')
  })

  it('is recorded as an act of acctl', async () => {
    const { run, keyDeps, signingKeys } = inMemoryProgram()
    await new KeyInitialiser(keyDeps).initialise()
    await run('keys', 'rewrap')
    expect(signingKeys.events.at(-1)).toMatchObject({ type: 'signing_key.rewrapped', actor: 'acctl' })
  })
})
