import { deriveKey, HmacIdentifierHasher } from '@ac/crypto'
import { sourceNetwork } from '@ac/rate-limiter'
import type { Provider } from '@nestjs/common'
import { APP_FILTER } from '@nestjs/core'
import { ErrorFilter } from '../../http/errors/error-filter.ts'
import { Cursors } from '../../http/paging/cursors.ts'
import { clientAddressReader } from '../../http/requests/client-address.ts'
import { OriginReader } from '../../http/requests/origin-reader.ts'
import * as adapter from '../adapter-tokens.ts'
import { provide } from '../provide.ts'
import * as app from '../tokens.ts'

/** What the controllers and the error filter need besides the use cases. */
export const httpProviders: Provider[] = [
  provide(app.CURSORS, [adapter.CONFIG], ({ hashSecret }) => new Cursors(deriveKey(hashSecret, 'cursor'))),
  provide(app.ISSUER, [adapter.CONFIG], ({ tokens }) => tokens.issuer),
  provide(app.JWKS_MAX_AGE_SECONDS, [adapter.CONFIG], ({ signingKeys }) => signingKeys.jwksMaxAgeSeconds),
  provide(app.REALM, [app.ISSUER], (issuer) => issuer),
  provide(adapter.IDENTIFIER_HASHER, [adapter.CONFIG], ({ hashSecret }) => new HmacIdentifierHasher(hashSecret)),
  provide(
    app.ORIGIN_READER,
    [adapter.CONFIG, adapter.IDENTIFIER_HASHER],
    ({ http }, hasher) =>
      new OriginReader({
        addressOf: clientAddressReader(http.trustedProxies),
        networkOf: sourceNetwork,
        hash: (text) => hasher.hash(text),
      }),
  ),
  { provide: APP_FILTER, useClass: ErrorFilter },
]
