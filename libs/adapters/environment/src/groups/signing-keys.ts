import { defaulted } from '../environment-variable.ts'
import { wholeNumber } from '../formats/whole-number.ts'
import { part, type PartValue } from '../reading/part.ts'

const YEAR_SECONDS = 31_536_000

/** Variables of the life of a signing key. */
export const signingKeysVariables = {
  jwksMaxAgeSeconds: defaulted('300', {
    name: 'AC_JWKS_MAX_AGE_SECONDS',
    description: 'how long a verifier may cache the JWKS, in seconds',
    format: wholeNumber(1, 86_400),
  }),
  rotationMinIntervalSeconds: defaulted('518400', {
    name: 'AC_KEY_ROTATION_MIN_INTERVAL_SECONDS',
    description: 'shortest time between two scheduled key rotations, in seconds',
    format: wholeNumber(1, YEAR_SECONDS),
  }),
  forceRotationMinIntervalSeconds: defaulted('3600', {
    name: 'AC_KEY_FORCE_ROTATION_MIN_INTERVAL_SECONDS',
    description: 'shortest time between a forced key rotation and the one before it, in seconds',
    format: wholeNumber(1, YEAR_SECONDS),
  }),
  overlapSeconds: defaulted('604800', {
    name: 'AC_KEY_OVERLAP_SECONDS',
    description: 'how long a replaced key stays in the JWKS after its last signature, in seconds',
    format: wholeNumber(1, YEAR_SECONDS),
  }),
}

/**
 * How long a key must be published before it signs, in seconds. Three times what a verifier may cache: one for a
 * verifier that has just fetched, one for a proxy on its way, one to spare for clocks and a fetch that is retried.
 */
export const publicationSeconds = (jwksMaxAgeSeconds: number): number => 3 * jwksMaxAgeSeconds

/**
 * For how long a replica may sign without asking whether its key is still the active one, in seconds. A token must find
 * its key in the JWKS for its lifetime and the clock skew; what the overlap holds beyond that is the max-age. Half of it
 * is for a replica that has not heard of a rotation yet, the other half for the rotation's commit and for a request that
 * is under way.
 */
const leaseSeconds = (jwksMaxAgeSeconds: number): number => jwksMaxAgeSeconds / 2

export const signingKeys = part(signingKeysVariables, (values) => ({
  ...values,
  publicationSeconds: publicationSeconds(values.jwksMaxAgeSeconds),
  leaseSeconds: leaseSeconds(values.jwksMaxAgeSeconds),
}))

/**
 * The life of a signing key. `publicationSeconds` is how long a `next` key must be in the JWKS before it signs,
 * `leaseSeconds` how long an `active` one may sign without a look at the database.
 */
export type SigningKeysConfig = PartValue<typeof signingKeys>
