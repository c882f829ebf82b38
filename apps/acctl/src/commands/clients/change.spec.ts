import { describe, expect, it } from '@jest/globals'
import { aClient, aStoredSecret } from '@ac/client-validation/testing'
import { parseScope } from '@ac/kernel'
import type { Ask } from '../../confirmation/confirm.ts'
import { inMemoryProgram } from '../../../test/in-memory-program.ts'

const { id } = aClient()
const SECRET = aStoredSecret()

function start(ask?: Ask) {
  const program = inMemoryProgram([], ask)
  program.clients.put(aClient({ scopes: parseScope('admin:services') ?? [] }), SECRET)
  const run = (...args: readonly string[]) => program.run('clients', ...args)
  const stored = async () => program.clients.get(id)
  const types = () => program.clients.events.map(({ type, actor }) => `${type} by ${actor}`)
  return { ...program, run, stored, types }
}

/** Somebody at the terminal who gives always the same answer. */
function person(answer: boolean) {
  const questions: string[] = []
  const ask: Ask = async (question) => {
    questions.push(question)
    return answer
  }
  return { ask, questions }
}

describe('acctl clients disable and enable', () => {
  it('switch a client, whatever its scopes, and print it as show does', async () => {
    const { run, stored, types } = start()
    const disabled = await run('disable', id)
    expect(disabled).toMatchObject({ json: { client_id: id, disabled: true }, text: `client ${id} is disabled\n` })
    expect((await run('show', id)).json).toEqual(disabled.json)
    expect((await run('enable', id)).text).toBe(`client ${id} is enabled\n`)
    expect((await stored())?.client.disabled).toBe(false)
    expect(types()).toEqual(['client.disabled by acctl', 'client.enabled by acctl'])
  })

  it('say the same when there is nothing to switch, and change nothing', async () => {
    const { run, types } = start()
    expect((await run('enable', id)).text).toBe(`client ${id} is enabled\n`)
    expect(types()).toEqual([])
  })
})

describe('acctl clients delete', () => {
  it('asks first, naming the client, and deletes when the answer is yes', async () => {
    const { ask, questions } = person(true)
    const { run, stored, types } = start(ask)
    const { json, text } = await run('delete', id)
    expect(questions).toEqual([expect.stringContaining(`delete client ${id} "media handler"`)])
    expect([json, text]).toEqual([{ client_id: id, deleted: true }, `client ${id} is deleted\n`])
    expect([await stored(), types()]).toEqual([undefined, ['client.deleted by acctl']])
  })

  it('deletes nothing when the answer is no, or where nobody can be asked', async () => {
    for (const ask of [person(false).ask, undefined]) {
      const { run, stored } = start(ask)
      await expect(run('delete', id)).rejects.toMatchObject({ code: 'not_confirmed' })
      expect(await stored()).toBeDefined()
    }
  })

  it('asks nobody with --yes, wherever it stands', async () => {
    for (const args of [
      ['delete', id, '--yes'],
      ['delete', '--yes', id],
    ]) {
      const { run, stored } = start()
      await run(...args)
      expect(await stored()).toBeUndefined()
    }
  })

  it('asks nothing about a client that is not there', async () => {
    const { ask, questions } = person(true)
    await expect(start(ask).run('delete', 'svc_none')).rejects.toMatchObject({ code: 'unknown_client' })
    expect(questions).toEqual([])
  })
})

describe('acctl clients rotate-secret', () => {
  it('prints the new secret once, and until when the old one works: a day unless told otherwise', async () => {
    const { run, stored, types } = start()
    const { json, text, whenLost } = await run('rotate-secret', id)
    const { client_secret: secret } = json as Record<string, string>
    const end = '2026-01-02T00:00:00.000Z'
    expect(json).toEqual({
      client_id: id,
      client_secret: expect.stringMatching(/^acs_/),
      previous_secret_expires_at: end,
    })
    expect(text).toContain(`${id}  ${secret}\n`)
    expect(text).toContain(`works until ${end}`)
    expect(whenLost).not.toContain(secret)
    expect((await stored())?.secrets).toHaveLength(2)
    expect(types()).toEqual(['client.secret_rotated by acctl'])
  })

  it('ends the old secret now without grace', async () => {
    const { run, stored } = start()
    const { json, text } = await run('rotate-secret', id, '--grace', '0')
    expect(json).toMatchObject({ previous_secret_expires_at: '2026-01-01T00:00:00.000Z' })
    expect(text).toContain('No other works any more.')
    expect((await stored())?.secrets.map((secret) => secret.id)).not.toContain(SECRET.id)
  })

  it('refuses a second rotation within the grace, and goes on when one secret is revoked', async () => {
    const { run, stored } = start()
    await run('rotate-secret', id)
    await expect(run('rotate-secret', id)).rejects.toMatchObject({ code: 'secret_rotation_pending' })
    await run('revoke-secret', id, SECRET.id, '--yes')
    await run('rotate-secret', id)
    expect((await stored())?.secrets).toHaveLength(2)
  })

  it.each(['-1', '1h', '2592001', '1.5', ''])('takes no grace of %j', async (grace) => {
    await expect(start().run('rotate-secret', id, '--grace', grace)).rejects.toMatchObject({ name: 'CommanderError' })
  })
})

describe('acctl clients revoke-secret', () => {
  it('asks first, and ends the secret that it names', async () => {
    const { ask, questions } = person(true)
    const { run, stored, types } = start(ask)
    const { json, text } = await run('revoke-secret', id, SECRET.id)
    expect(questions).toEqual([expect.stringContaining(`revoke secret ${SECRET.id} of client ${id}`)])
    expect(json).toEqual({ client_id: id, secret_id: SECRET.id, revoked: true })
    expect(text).toBe(`secret ${SECRET.id} is revoked\n`)
    expect([(await stored())?.secrets, types()]).toEqual([[], ['client.secret_revoked by acctl']])
  })

  it('ends nothing without a yes', async () => {
    const { run, stored } = start()
    await expect(run('revoke-secret', id, SECRET.id)).rejects.toMatchObject({ code: 'not_confirmed' })
    expect((await stored())?.secrets).toHaveLength(1)
  })

  it('knows no secret that is not there', async () => {
    await expect(start().run('revoke-secret', id, 'sec_none', '--yes')).rejects.toMatchObject({
      code: 'unknown_secret',
    })
  })
})

describe.each(['disable', 'enable', 'rotate-secret', 'delete'])('acctl clients %s', (command) => {
  it('knows no client that is not registered', async () => {
    await expect(start().run(command, 'svc_none', '--yes')).rejects.toMatchObject({ code: 'unknown_client' })
  })
})
