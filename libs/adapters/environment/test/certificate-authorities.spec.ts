import { describe, expect, it } from '@jest/globals'
import { readServiceConfig } from '../src/index.ts'
import { problemsWith } from './problems.ts'
import { rightEnvironment } from './right-environment.ts'
import { useTemporaryFolder } from './temporary-file.ts'

const folder = useTemporaryFolder()

const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBSDCB+6ADAgECAhRKOp6+PczbBhKRNGScQBGlZIptQDAFBgMrZXAwGTEXMBUG
A1UEAwwOVGVzdCBhdXRob3JpdHkwIBcNMjYxMTIzMjMwNjUwWhgPMjEyNjEwMzAy
MzA2NTBaMBkxFzAVBgNVBAMMDlRlc3QgYXV0aG9yaXR5MCowBQYDK2VwAyEA+n3Q
4yqMIxSG8ibPQJNjP4eY8Sp6lL3Eea5jqxHLnlujUzBRMB0GA1UdDgQWBBTLp/zs
Tou7yHhkhmslVn/r+g1erzAfBgNVHSMEGDAWgBTLp/zsTou7yHhkhmslVn/r+g1e
rzAPBgNVHRMBAf8EBTADAQH/MAUGAytlcANBAJ4bpYV0lKWCsvWFrLicnv6mPrQm
jcSDCbmrxN5bY9KFUyZ+rjzehRqLWCSQNMBPyqnithkHb1O9FybsR/YEzg0=
-----END CERTIFICATE-----
`

describe('AC_DATABASE_CA_FILE', () => {
  it('becomes the content of the file, comments and further certificates included', () => {
    const content = `# authorities\n${CERTIFICATE}\n${CERTIFICATE}`
    const env = { ...rightEnvironment(), AC_DATABASE_CA_FILE: folder.file('ca.pem', content) }
    expect(readServiceConfig(env).database.certificateAuthorities).toBe(content)
  })

  it.each([
    ['empty', ''],
    ['no PEM', 'certificate'],
    ['cut off', CERTIFICATE.slice(0, -30)],
    ['altered', CERTIFICATE.replace('MIIBSDCB', 'AAAAAAAA')],
    ['of another kind', CERTIFICATE.replaceAll('CERTIFICATE', 'PUBLIC KEY')],
    ['right but for the second one', `${CERTIFICATE}${CERTIFICATE.replace('MIIBSDCB', 'AAAAAAAA')}`],
  ])('refuses a file that is %s', (_, content) => {
    expect(problemsWith({ AC_DATABASE_CA_FILE: folder.file('ca.pem', content) })).toEqual([
      {
        variable: 'AC_DATABASE_CA_FILE',
        problem: 'must be the path of a readable file that holds PEM certificates',
      },
    ])
  })

  it('refuses a file that is not there', () => {
    expect(problemsWith({ AC_DATABASE_CA_FILE: folder.path('missing.pem') })).toEqual([
      { variable: 'AC_DATABASE_CA_FILE', problem: 'must name a readable file of at most 1048576 bytes (ENOENT)' },
    ])
  })
})
