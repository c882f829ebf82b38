import { describe, expect, it } from '@jest/globals'
import { problemsWith } from './problems.ts'

const UNKNOWN = 'is not a variable of this service'

describe('a variable that begins with AC_ and is none of ours', () => {
  it.each([
    ['AC_MASTER_KEYS', 'AC_MASTER_KEY'],
    ['AC_HTPT_PORT', 'AC_HTTP_PORT'],
    ['AC_HASH_SECRET_FIL', 'AC_HASH_SECRET_FILE'],
    ['AC_DB_POOLSIZE', 'AC_DB_POOL_SIZE'],
  ])('is a typing error: %s', (name, meant) => {
    expect(problemsWith({ [name]: 'x' })).toEqual([{ variable: name, problem: `${UNKNOWN}; did you mean ${meant}?` }])
  })

  it.each(['AC_NONSENSE', 'AC_HTTP_PORT_FILE', 'AC_MASTER', 'AC_'])(
    'is refused without a guess when far from all: %s',
    (name) => {
      expect(problemsWith({ [name]: 'x' })).toEqual([{ variable: name, problem: UNKNOWN }])
    },
  )

  it.each([
    { AC_DATA_DIR: 'x', AC_TEST_DATABASE_URL: 'x' },
    { AC_NONSENSE: '' },
    { ac_http_port: 'x', ACCESS: 'x', MY_AC_THING: 'x' },
  ])('is not one of these: %j', (changes) => {
    expect(problemsWith(changes)).toEqual([])
  })

  it('is not what Kubernetes says of a Service that is named ac-service', () => {
    expect(
      problemsWith({
        AC_SERVICE_SERVICE_HOST: '10.0.0.1',
        AC_SERVICE_SERVICE_PORT: '80',
        AC_SERVICE_SERVICE_PORT_HTTP: '80',
        AC_SERVICE_PORT: 'tcp://10.0.0.1:80',
        AC_SERVICE_PORT_80_TCP: 'tcp://10.0.0.1:80',
        AC_SERVICE_PORT_80_TCP_PROTO: 'tcp',
        AC_SERVICE_PORT_80_TCP_PORT: '80',
        AC_SERVICE_PORT_80_TCP_ADDR: '10.0.0.1',
      }),
    ).toEqual([])
    expect(problemsWith({ AC_SERVICE_PORT: '80' })).toHaveLength(1)
    expect(problemsWith({ AC_SERVICE_SERVICE_HOST: '10.0.0.1', AC_HTP_PORT: '80' })).toHaveLength(1)
  })

  it('is not repeated when its name is no name, for a secret may have slipped into it', () => {
    const [problem] = problemsWith({ 'AC_MASTER_KEY c2VjcmV0': 'x' })
    expect(problem?.variable).toBe('AC_*')
  })
})
