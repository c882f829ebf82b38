import type { KeyRing, KeyRotator, SigningKeyStore } from '@ac/key-rotation'
import { faultCategory } from '../metrics/error-category.ts'
import type { Metrics } from '../metrics/metrics.ts'
import { timed } from './timed.ts'

type Families = Metrics['families']

/** Feeds `ac_key_rotation_total`. */
export const measuredKeyRotator = (
  rotator: Pick<KeyRotator, 'rotate'>,
  { keyRotations }: Families,
): Pick<KeyRotator, 'rotate'> => ({
  rotate: (request, origin) =>
    timed(
      () => rotator.rotate(request, origin),
      (status) => keyRotations.series({ status, forced: request.forced ? 'true' : 'false' }).increase(),
    ),
})

/** Feeds `ac_errors_total` with what keeps this process from following the signing keys, whoever asks for tokens or not. */
export const measuredSigningKeyReads = (
  store: Pick<SigningKeyStore, 'read'>,
  { errors }: Families,
): Pick<SigningKeyStore, 'read'> => ({
  read: async () => {
    try {
      return await store.read()
    } catch (error) {
      errors.series({ operation: 'background', error_category: faultCategory(error) }).increase()
      throw error
    }
  },
})

/** Sets the gauges of the signing keys, by the keys as `ring` knows them and the time that `now` tells, in milliseconds. */
export function setKeyGauges(
  ring: Pick<KeyRing, 'active' | 'published'>,
  { activeSigningKeys, signingKeyAge, keyRotationLastSuccess }: Families,
  now: () => number = Date.now,
): void {
  const since = ring
    .published()
    .find(({ status }) => status === 'active')
    ?.activatedAt?.getTime()
  activeSigningKeys.series({}).set(ring.active() ? 1 : 0)
  // Clocks differ: a key that the database activated just now is not younger than nothing.
  signingKeyAge.series({}).set(since === undefined ? 0 : Math.max(0, now() - since) / 1000)
  keyRotationLastSuccess.series({}).set((since ?? 0) / 1000)
}
