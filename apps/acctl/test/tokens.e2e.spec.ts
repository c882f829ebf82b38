import { beforeAll, describe, expect, it } from '@jest/globals'
import { useTestDatabase } from '@ac/embedded-postgres/jest'
import { environmentOf, runAcctl } from './run-acctl.ts'

const database = useTestDatabase()
const acctl = (...args: readonly string[]) => runAcctl(environmentOf(database.url()), args)
const json = async (...args: readonly string[]) => JSON.parse((await acctl(...args, '--json')).stdout)

const WHOLE_SECOND = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/

let id: string
beforeAll(async () => {
  await acctl('migrate')
  id = (await json('clients', 'create', '--name', 'gc', '--scope', 'gc.read')).client_id
})

describe('acctl', () => {
  it('revokes the tokens of a client, and of everybody, as of the next second', async () => {
    const ofClient = await json('clients', 'revoke-tokens', id, '--yes')
    const ofAll = await json('tokens', 'revoke-all', '--yes')
    expect(ofClient).toEqual({ client_id: id, tokens_not_before: expect.stringMatching(WHOLE_SECOND) })
    expect(ofAll).toEqual({ tokens_not_before: expect.stringMatching(WHOLE_SECOND) })
  })

  it('revokes nothing without a yes, where nobody can be asked', async () => {
    for (const args of [
      ['clients', 'revoke-tokens', id],
      ['tokens', 'revoke-all'],
    ]) {
      const { code, stdout, stderr } = await acctl(...args)
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      expect(stderr).toContain('--yes')
    }
  })

  it('knows no client that is not registered', async () => {
    const refused = await acctl('clients', 'revoke-tokens', 'svc_none', '--yes', '--json')
    expect([refused.code, JSON.parse(refused.stderr).error]).toEqual([1, 'unknown_client'])
  })
})
