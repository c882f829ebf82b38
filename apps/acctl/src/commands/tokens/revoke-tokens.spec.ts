import { describe, expect, it } from '@jest/globals'
import { aClient } from '@ac/client-validation/testing'
import type { Ask } from '../../confirmation/confirm.ts'
import { inMemoryProgram } from '../../../test/in-memory-program.ts'

const { id } = aClient()
const NOT_BEFORE = '2026-01-01T00:00:01.000Z'

function start(ask?: Ask) {
  const program = inMemoryProgram([], ask)
  program.clients.put(aClient())
  program.tokens.put(id)
  const types = () => program.tokens.events.map(({ type, reason, actor }) => `${type} ${reason} by ${actor}`)
  return { ...program, types }
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

describe('acctl clients revoke-tokens', () => {
  it('asks first, naming the client, and tells from when on tokens count', async () => {
    const { ask, questions } = person(true)
    const { run, types } = start(ask)
    const { json, text } = await run('clients', 'revoke-tokens', id)
    expect(questions).toEqual([expect.stringContaining(`every token of client ${id} "media handler"`)])
    expect(json).toEqual({ client_id: id, tokens_not_before: NOT_BEFORE })
    expect(text).toBe(`tokens of client ${id} that were issued before ${NOT_BEFORE} are revoked\n`)
    expect(types()).toEqual(['tokens.revoked of_client by acctl'])
  })

  it('asks nothing about a client that is not there', async () => {
    const { ask, questions } = person(true)
    const revoked = start(ask).run('clients', 'revoke-tokens', 'svc_none')
    await expect(revoked).rejects.toMatchObject({ code: 'unknown_client' })
    expect(questions).toEqual([])
  })

  it('says so when the client goes while it is asked about', async () => {
    const { run, tokens } = start()
    tokens.remove(id)
    await expect(run('clients', 'revoke-tokens', id, '--yes')).rejects.toMatchObject({ code: 'unknown_client' })
  })
})

describe('acctl tokens revoke-all', () => {
  it('asks first, and tells from when on tokens count', async () => {
    const { ask, questions } = person(true)
    const { run, types } = start(ask)
    const { json, text } = await run('tokens', 'revoke-all')
    expect(questions).toEqual([expect.stringContaining('every token of every client')])
    expect(json).toEqual({ tokens_not_before: NOT_BEFORE })
    expect(text).toBe(`every token that was issued before ${NOT_BEFORE} is revoked\n`)
    expect(types()).toEqual(['tokens.revoked of_everybody by acctl'])
  })
})

describe.each([
  ['clients', 'revoke-tokens', id],
  ['tokens', 'revoke-all'],
])('acctl %s %s', (...args) => {
  it('revokes nothing when the answer is no, or where nobody can be asked', async () => {
    for (const ask of [person(false).ask, undefined]) {
      const { run, types } = start(ask)
      await expect(run(...args)).rejects.toMatchObject({ code: 'not_confirmed' })
      expect(types()).toEqual([])
    }
  })

  it('asks nobody with --yes', async () => {
    const { run, types } = start()
    await run(...args, '--yes')
    expect(types()).toHaveLength(1)
  })
})
