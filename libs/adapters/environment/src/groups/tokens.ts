import { defaulted, required } from '../environment-variable.ts'
import { issuer, resource } from '../formats/uri.ts'
import { wholeNumber } from '../formats/whole-number.ts'
import { part, type PartValue } from '../reading/part.ts'
import { signingKeysVariables } from './signing-keys.ts'

/** Variables of what tokens say and how long they live. */
export const tokensVariables = {
  issuer: required({
    name: 'AC_ISSUER',
    description: 'base URL of this service as its clients know it; the `iss` of every token',
    format: issuer,
  }),
  defaultAudience: defaulted('urn:ac:platform', {
    name: 'AC_DEFAULT_AUDIENCE',
    description: 'audience of a token when the request names no `resource`',
    format: resource,
  }),
  ttlSeconds: defaulted('3600', {
    name: 'AC_TOKEN_TTL_SECONDS',
    description: 'lifetime of a token whose client has none of its own, in seconds',
    format: wholeNumber(1, 86_400),
  }),
  clockSkewSeconds: defaulted('300', {
    name: 'AC_CLOCK_SKEW_SECONDS',
    description: 'how far the clock of a verifier may be off, in seconds',
    format: wholeNumber(1, 600),
  }),
}

export const tokens = part(
  {
    ...tokensVariables,
    jwksMaxAgeSeconds: signingKeysVariables.jwksMaxAgeSeconds,
    keyOverlapSeconds: signingKeysVariables.overlapSeconds,
  },
  ({ keyOverlapSeconds, jwksMaxAgeSeconds, ...values }) => ({
    ...values,
    /** No token may live longer, whatever its client asks for: its key would leave the JWKS before it expires. */
    maxTtlSeconds: keyOverlapSeconds - jwksMaxAgeSeconds - values.clockSkewSeconds,
  }),
)

/** What tokens say and how long they live. `issuer` is the exact text: compare it character by character. */
export type TokensConfig = PartValue<typeof tokens>
