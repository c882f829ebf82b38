import { beforeAll, describe, expect, it } from '@jest/globals'
import { useTestDatabase } from '@ac/embedded-postgres/jest'
import { environmentOf, runAcctl } from './run-acctl.ts'

const database = useTestDatabase()
const acctl = (...args: readonly string[]) => runAcctl(environmentOf(database.url()), args)
const json = async (...args: readonly string[]) => JSON.parse((await acctl(...args, '--json')).stdout)
const create = (name: string) => json('clients', 'create', '--name', name, '--scope', 'meetings.read meetings.write')

beforeAll(async () => {
  await acctl('migrate')
})

describe('acctl clients', () => {
  it('shows and lists the client that it has created', async () => {
    const { client_secret, ...client } = await create('media handler')
    expect(client_secret).toMatch(/^acs_[0-9A-Za-z]{49}$/)
    expect(client).toMatchObject({ client_name: 'media handler', jwks: null, disabled: false })
    expect(await json('clients', 'show', client.client_id)).toEqual(client)
    expect((await json('clients', 'list')).clients).toContainEqual(client)
  })

  it('shows a secret to people once, with the advice to keep it', async () => {
    const { stdout, stderr } = await acctl('clients', 'create', '--name', 'gc', '--scope', 'gc.read')
    const [, id, secret = ''] = /^(svc_\w+) {2}(acs_\w+)$/m.exec(stdout) ?? []
    expect(stdout).toContain('will not be shown again')
    expect(stderr).toBe('')
    for (const args of [
      ['clients', 'list'],
      ['clients', 'show', String(id)],
    ]) {
      for (const format of [[], ['--json']]) expect((await acctl(...args, ...format)).stdout).not.toContain(secret)
    }
  })

  it('says that a secret is lost when nobody could read it, and which client it was of', async () => {
    const args = ['clients', 'create', '--name', 'unread', '--scope', 's']
    const { code, stderr } = await runAcctl(environmentOf(database.url()), args, false)
    expect(code).toBe(1)
    const [, id] =
      /^acctl: client (svc_\w+) is registered, but its secret could not be shown and is lost\n$/.exec(stderr) ?? []
    expect(await json('clients', 'show', String(id))).toMatchObject({ client_name: 'unread' })
  })

  it('ends quietly when the reader of a list has gone away', async () => {
    const unread = await runAcctl(environmentOf(database.url()), ['clients', 'list'], false)
    expect(unread).toEqual({ code: 0, stdout: '', stderr: '' })
  })

  it('refuses wrong metadata, names its field and registers nothing', async () => {
    const refused = await acctl('clients', 'create', '--name', 'refused', '--scope', 'two  spaces', '--json')
    expect(refused).toMatchObject({ code: 1, stdout: '' })
    expect(JSON.parse(refused.stderr)).toEqual({
      error: 'invalid_client_metadata',
      error_description: expect.stringMatching(/^scope is not valid: /),
    })
    expect((await acctl('clients', 'list')).stdout).not.toContain('refused')
  })

  it('refuses to show a client that is not there', async () => {
    expect(await acctl('clients', 'show', 'svc_x')).toEqual({
      code: 1,
      stdout: '',
      stderr: 'acctl: no client of that id is registered\n',
    })
    expect(JSON.parse((await acctl('clients', 'show', 'svc_x', '--json')).stderr).error).toBe('unknown_client')
  })

  it('pages through the clients, each once, in the order of the whole list', async () => {
    for (const name of ['four', 'five']) await create(name)
    const all = (await json('clients', 'list')).clients
    expect(all).toHaveLength(5)
    const pages = []
    let cursor: string | null = null
    do {
      const page = await json('clients', 'list', '--limit', '2', ...(cursor ? ['--cursor', cursor] : []))
      pages.push(page.clients)
      cursor = page.next_cursor
    } while (cursor)
    expect(pages.map(({ length }) => length)).toEqual([2, 2, 1])
    expect(pages.flat()).toEqual(all)
  })
})

describe('acctl on a client that is there', () => {
  it('disables and enables it', async () => {
    const { client_id: id } = await create('switched')
    expect(await acctl('clients', 'disable', id)).toEqual({ code: 0, stdout: `client ${id} is disabled\n`, stderr: '' })
    expect(await json('clients', 'show', id)).toMatchObject({ disabled: true })
    const { client_secret: _, ...enabled } = await json('clients', 'enable', id)
    expect(enabled).toEqual(await json('clients', 'show', id))
    expect(enabled).toMatchObject({ disabled: false })
  })

  it('rotates its secret, refuses a third one, and revokes one by its id', async () => {
    const { client_id: id, client_secret: first, secrets } = await create('rotated')
    const rotated = await json('clients', 'rotate-secret', id, '--grace', '3600')
    expect(rotated).toEqual({
      client_id: id,
      client_secret: expect.stringMatching(/^acs_/),
      previous_secret_expires_at: expect.stringMatching(/Z$/),
    })
    expect(rotated.client_secret).not.toBe(first)
    const third = await acctl('clients', 'rotate-secret', id, '--json')
    expect([third.code, third.stdout, JSON.parse(third.stderr).error]).toEqual([1, '', 'secret_rotation_pending'])
    expect(await acctl('clients', 'revoke-secret', id, secrets[0].id, '--yes')).toMatchObject({ code: 0, stderr: '' })
    expect((await json('clients', 'show', id)).secrets).toHaveLength(1)
  })

  it('says that a new secret is lost when nobody could read it', async () => {
    const { client_id: id } = await create('unread rotation')
    const { code, stderr } = await runAcctl(environmentOf(database.url()), ['clients', 'rotate-secret', id], false)
    expect([code, stderr]).toEqual([
      1,
      `acctl: client ${id} has a new secret, but it could not be shown and is lost: revoke it by its id\n`,
    ])
    expect((await json('clients', 'show', id)).secrets).toHaveLength(2)
  })

  it('deletes it after a yes only: without a terminal, --yes', async () => {
    const { client_id: id } = await create('doomed')
    const asked = await acctl('clients', 'delete', id)
    expect(asked).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^acctl: nothing was changed.*--yes\n$/),
    })
    expect(await json('clients', 'show', id)).toMatchObject({ client_id: id })
    expect(await json('clients', 'delete', id, '--yes')).toEqual({ client_id: id, deleted: true })
    expect(await acctl('clients', 'show', id)).toMatchObject({ code: 1 })
    expect(await acctl('clients', 'delete', id, '--yes')).toMatchObject({ code: 1 })
  })
})

describe('acctl keys', () => {
  it('lists no key before the service has made one', async () => {
    expect(await json('keys', 'list')).toEqual({ keys: [] })
    expect((await acctl('keys', 'list')).stdout).toBe('KID  STATUS  CREATED  ACTIVATED  RETIRES\n')
  })
})
