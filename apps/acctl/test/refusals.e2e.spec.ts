import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { environmentOf, runAcctl } from './run-acctl.ts'
import { stubbornServer, type StubbornServer } from './stubborn-server.ts'

const COMMANDS = [
  ['migrate'],
  ['migrate', '--check'],
  ['clients', 'list'],
  ['clients', 'show', 'svc_x'],
  ['clients', 'create', '--name', 'n', '--scope', 's'],
  ['clients', 'disable', 'svc_x'],
  ['clients', 'enable', 'svc_x'],
  ['clients', 'delete', 'svc_x', '--yes'],
  ['clients', 'rotate-secret', 'svc_x'],
  ['clients', 'revoke-secret', 'svc_x', 'sec_x', '--yes'],
  ['keys', 'list'],
  ['keys', 'rotate'],
  ['keys', 'revoke', 'k', '--yes'],
  ['keys', 'rewrap'],
  ['audit', 'list'],
  ['audit', 'verify'],
].map((args) => [args.join(' '), args] as const)

describe('without a database that answers', () => {
  let silent: StubbornServer
  beforeAll(async () => {
    silent = await stubbornServer('nothing')
  })
  afterAll(() => silent.close())

  it.each(COMMANDS)('%s gives up when the time to connect is over', async (_, args) => {
    const env = {
      ...environmentOf(`postgresql://u:hunter2@127.0.0.1:${silent.port}/ac`),
      AC_DB_ACQUIRE_TIMEOUT_MS: '100',
    }
    const { code, stdout, stderr } = await runAcctl(env, args)
    expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: '', stderr: 'acctl: the database does not answer\n' })
  })

  it('tells programs the same as JSON, and neither host nor password', async () => {
    const { port, close } = await stubbornServer('nothing')
    close()
    const env = environmentOf(`postgresql://u:hunter2@127.0.0.1:${port}/ac`)
    const { code, stderr } = await runAcctl(env, ['keys', 'list', '--json'])
    expect(code).toBe(1)
    expect(JSON.parse(stderr)).toEqual({
      error: 'unavailable',
      error_description: 'the database does not answer (ECONNREFUSED)',
    })
  })
})

it('ends when its work is done, although the server never closes the connection', async () => {
  const server = await stubbornServer('nothing found')
  const ended = await runAcctl(environmentOf(`postgresql://u@127.0.0.1:${server.port}/ac`), ['clients', 'list'])
  server.close()
  expect(ended).toEqual({ code: 0, stdout: expect.stringMatching(/^CLIENT_ID .*\n$/), stderr: '' })
})

describe('in a wrong environment', () => {
  const wrong = {
    DATABASE_URL: 'postgresql://u:hunter2@db.example/ac?sslmode=disable',
    AC_DB_POOL_SIZE: 'hunter2',
    AC_HASH_SECRET: 'hunter2',
    AC_DATABSE_TLS: 'hunter2',
  }
  const create = ['clients', 'create', '--name', 'n', '--scope', 's']

  it('every wrong variable is named at once, and no value', async () => {
    const { code, stdout, stderr } = await runAcctl(wrong, create)
    expect({ code, stdout }).toEqual({ code: 78, stdout: '' })
    expect(stderr).toMatch(/^acctl: the environment is not usable:\n {2}/)
    for (const variable of ['AC_DB_POOL_SIZE', 'AC_HASH_SECRET', 'AC_DATABSE_TLS']) expect(stderr).toContain(variable)
    expect(stderr).not.toMatch(/hunter2|db\.example/)
  })

  it('a URL that only the adapter can judge is named beside the others', async () => {
    const { code, stderr } = await runAcctl({ DATABASE_URL: wrong.DATABASE_URL, AC_HASH_SECRET: 'hunter2' }, [
      ...create,
      '--json',
    ])
    const { error, error_description } = JSON.parse(stderr)
    expect({ code, error }).toEqual({ code: 78, error: 'invalid_environment' })
    expect(error_description).toContain('DATABASE_URL sslmode may only be verify-full')
    expect(error_description).toContain('AC_HASH_SECRET')
    expect(stderr).not.toMatch(/hunter2|db\.example/)
  })

  const [withSecrets, withDatabaseOnly] = [
    /create|rotate|revoke|rewrap|disable|enable|delete|verify/,
    /migrate|list|show/,
  ].map((names) => COMMANDS.filter(([name]) => names.test(name)))

  it.each(withDatabaseOnly ?? [])('%s asks for the database only', async (_, args) => {
    const { code, stderr } = await runAcctl({}, args)
    expect(code).toBe(78)
    expect(stderr).toBe('acctl: the environment is not usable:\n  DATABASE_URL is required: a PostgreSQL URL\n')
  })

  it.each(withSecrets ?? [])('%s asks for the secrets that it needs, too', async (_, args) => {
    const { code, stderr } = await runAcctl({}, args)
    expect(code).toBe(78)
    const secrets = args.includes('keys') ? ['AC_HASH_SECRET', 'AC_MASTER_KEY'] : ['AC_HASH_SECRET']
    expect(stderr.match(/AC_\w+(?= is required)/g)?.toSorted()).toEqual(secrets)
  })
})

describe('on a wrong command line', () => {
  it.each([
    [['clients', 'lst'], "acctl: unknown command 'lst' (Did you mean list?)\n"],
    [['clients', 'show'], "acctl: missing required argument 'client-id'\n"],
    [['clients', 'create', '--scope', 's'], "acctl: required option '--name <name>' not specified\n"],
    [['keys', 'list', '--all'], "acctl: unknown option '--all'\n"],
    [['--database-url=postgresql://u:hunter2@db/ac'], "acctl: unknown option '...'\n"],
    [['clients', 'list', '\u001b[2J'], "acctl: too many arguments for 'list'. Expected 0 arguments but got 1: ....\n"],
  ])('%j is answered with exit code 2 and one line', async (args, line) => {
    expect(await runAcctl({}, args)).toEqual({ code: 2, stdout: '', stderr: line })
  })

  it('a group without a command shows its help on standard error', async () => {
    const { code, stdout, stderr } = await runAcctl({}, ['clients'])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(/^Usage: acctl clients [\s\S]*acctl: name one of the commands\n$/)
  })

  it.each([[['clients', '--json']], [['--json']], [['--json', 'clients', 'lst']]])(
    '%j is answered in JSON',
    async (args) => {
      const { code, stderr } = await runAcctl({}, args)
      expect(code).toBe(2)
      expect(JSON.parse(stderr)).toEqual({ error: 'usage', error_description: expect.any(String) })
    },
  )

  it('help and version are no failure and need no environment', async () => {
    expect(await runAcctl({}, ['--version'])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    })
    expect(await runAcctl({}, ['clients', 'create', '--help'])).toMatchObject({ code: 0, stderr: '' })
  })
})
