import { defaulted, optional, required } from '../environment-variable.ts'
import { certificates } from '../formats/certificates.ts'
import { secretText } from '../formats/secret-text.ts'
import { wholeNumber } from '../formats/whole-number.ts'
import { oneOf } from '../formats/word.ts'
import { part, type PartValue } from '../reading/part.ts'

/** Variables of the connection to PostgreSQL. */
export const databaseVariables = {
  url: required({
    name: 'DATABASE_URL',
    description: 'PostgreSQL to connect to, as `postgresql://user:password@host:port/database`',
    format: secretText('a PostgreSQL URL'),
    from: 'secret',
  }),
  tls: defaulted('verify-full', {
    name: 'AC_DATABASE_TLS',
    description: '`verify-full` checks certificate and host name; `disable` is for loopback and unix sockets only',
    format: oneOf(['verify-full', 'disable']),
  }),
  certificateAuthorities: optional({
    name: 'AC_DATABASE_CA_FILE',
    description:
      'PEM file of the authorities that may sign the certificate of the database, instead of the public ones',
    format: certificates,
    from: 'file',
  }),
  poolSize: defaulted('20', {
    name: 'AC_DB_POOL_SIZE',
    description: 'most connections that this process opens, besides one that hears of changes',
    format: wholeNumber(1, 500),
  }),
  acquireTimeoutMs: defaulted('1000', {
    name: 'AC_DB_ACQUIRE_TIMEOUT_MS',
    description: 'how long to wait for a connection, in milliseconds',
    format: wholeNumber(1, 60_000),
  }),
  statementTimeoutMs: defaulted('5000', {
    name: 'AC_DB_STATEMENT_TIMEOUT_MS',
    description: 'how long a statement may run, in milliseconds',
    format: wholeNumber(1, 300_000),
  }),
}

export const database = part(databaseVariables, (values) => values)

/** How to reach PostgreSQL. `url` is unchecked text; `certificateAuthorities` is the content of the PEM file. */
export type DatabaseConfig = PartValue<typeof database>
