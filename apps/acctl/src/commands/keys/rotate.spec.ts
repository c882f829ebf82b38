import { describe, expect, it } from '@jest/globals'
import { KeyInitialiser } from '@ac/key-rotation'
import { inMemoryProgram } from '../../../test/in-memory-program.ts'

/** A command line over an installation that began so many seconds ago. */
async function installed(secondsAgo: number) {
  const program = inMemoryProgram()
  await new KeyInitialiser(program.keyDeps).initialise()
  program.clock.advanceSeconds(secondsAgo)
  const { keys } = await program.signingKeys.read()
  const kid = (status: string) => String(keys.find((key) => key.status === status)?.kid)
  return { ...program, active: kid('active'), next: kid('next') }
}

const [HOUR, SIX_DAYS] = [3600, 518_400]

describe('acctl keys rotate', () => {
  it('prints what the endpoint answers', async () => {
    const { run, active, next } = await installed(SIX_DAYS)
    expect((await run('keys', 'rotate')).json).toEqual({
      rotated: true,
      new_key_id: next,
      old_key_id: active,
      old_key_valid_until: '2026-01-14T00:00:00.000Z',
    })
  })

  it('tells people which key signs and until when the old one is valid', async () => {
    const { run, active, next } = await installed(HOUR)
    expect((await run('keys', 'rotate', '--force')).text).toBe(
      `${next} signs from now on\n${active} stays valid until 2026-01-08T01:00:00.000Z\n`,
    )
  })

  it('says nothing of an old key where none signed', async () => {
    const { run, signingKeys, next } = await installed(0)
    signingKeys.put(...(await signingKeys.read()).keys.filter(({ status }) => status === 'next'))
    expect((await run('keys', 'rotate')).text).toBe(`${next} signs from now on\n`)
  })

  it('is refused before its interval is over, which --force shortens', async () => {
    const { run, clock } = await installed(HOUR)
    await run('keys', 'rotate')
    clock.advanceSeconds(HOUR)
    await expect(run('keys', 'rotate')).rejects.toMatchObject({ code: 'rotation_too_soon', retryAfterSeconds: 514_800 })
    await run('keys', 'rotate', '--force')
    clock.advanceSeconds(HOUR - 1)
    const again = run('keys', 'rotate', '--force')
    await expect(again).rejects.toMatchObject({ code: 'rotation_too_soon', retryAfterSeconds: 1 })
  })

  it('is recorded as an act of acctl', async () => {
    const { run, signingKeys } = await installed(HOUR)
    await run('keys', 'rotate', '--force')
    expect(signingKeys.events.at(-2)).toMatchObject({ type: 'signing_key.rotated', reason: 'forced', actor: 'acctl' })
  })
})
