import { describe, expect, it } from '@jest/globals'
import { clientId } from '@ac/kernel'
import { inMemoryProgram } from '../../../test/in-memory-program.ts'

const CREATE = ['clients', 'create', '--name', 'media handler', '--scope', 'meetings.read meetings.write']
const ALL_OPTIONS = (
  '--service-type media-handler --region eu-central-1 --auth-method client_secret_post ' +
  '--audience urn:ac:gc --audience urn:ac:mc --resource-id urn:ac:mh --token-ttl 900'
).split(' ')

describe('acctl clients create', () => {
  it('registers what its options say, as acctl', async () => {
    const { clients, run } = inMemoryProgram()
    const { json } = await run(...CREATE, ...ALL_OPTIONS)
    expect(json).toMatchObject({
      client_name: 'media handler',
      scope: 'meetings.read meetings.write',
      service_type: 'media-handler',
      region: 'eu-central-1',
      token_endpoint_auth_method: 'client_secret_post',
      audiences: ['urn:ac:gc', 'urn:ac:mc'],
      resource_ids: ['urn:ac:mh'],
      access_token_ttl: 900,
    })
    expect(clients.events).toMatchObject([{ type: 'client.created', actor: 'acctl' }])
  })

  it('prints the representation that show prints later, and the secret', async () => {
    const { run } = inMemoryProgram()
    const { client_secret, ...client } = (await run(...CREATE)).json as Record<string, unknown>
    expect(client_secret).toMatch(/^acs_/)
    expect((await run('clients', 'show', String(client['client_id']))).json).toEqual(client)
  })

  it('tells people that the secret will not be shown again, and what it means when it could not be', async () => {
    const { run } = inMemoryProgram()
    const { json, text, whenLost } = await run(...CREATE)
    const { client_id, client_secret } = json as Record<string, string>
    expect(text).toContain(`${client_id}  ${client_secret}\n`)
    expect(text).toContain('will not be shown again')
    expect(whenLost).toContain(client_id)
    expect(whenLost).not.toContain(client_secret)
  })

  it.each([
    ['token_endpoint_auth_method', ['--auth-method', 'private_key_jwt']],
    ['access_token_ttl', ['--token-ttl', '59']],
    ['audiences', ['--audience', 'no uri']],
    ['region', ['--region', 'EU']],
    ['jwks', ['--jwks', 'keys.json']],
  ])('refuses a wrong %s', async (field, args) => {
    await expect(inMemoryProgram().run(...CREATE, ...args)).rejects.toMatchObject({
      code: 'invalid_client_metadata',
      field,
    })
  })
})

describe('acctl clients show', () => {
  it('prints a field a line, a line for each further value, and the life of each secret', async () => {
    const { clients, run } = inMemoryProgram()
    const { client_id } = (await run(...CREATE)).json as Record<string, string>
    const found = await clients.get(clientId(String(client_id)))
    const { text } = await run('clients', 'show', String(client_id))
    expect(text).toMatch(/^client_name +media handler$/m)
    expect(text).toMatch(/^scope +meetings\.read\n +meetings\.write$/m)
    expect(text).toMatch(/^region +-$/m)
    expect(text).toMatch(/^disabled +false$/m)
    expect(text).toMatch(new RegExp(`^${found?.secrets[0]?.id} +[\\d-]+T[\\d:]+Z +- +-$`, 'm'))
  })

  it('knows no client that is not registered', async () => {
    await expect(inMemoryProgram().run('clients', 'show', 'svc_x')).rejects.toMatchObject({ code: 'unknown_client' })
  })
})
