import type { SecretHasher } from '@ac/client-validation'
import type { Metrics } from '../metrics/metrics.ts'
import type { HistogramSeries } from '../metrics/series.ts'
import { timed } from './timed.ts'

type Families = Metrics['families']

/** Feeds `ac_argon2_duration_seconds`. */
export function measuredSecretHasher(hasher: SecretHasher, { argon2Duration }: Families): SecretHasher {
  const time = <T>(work: () => Promise<T>, duration: HistogramSeries): Promise<T> =>
    timed(work, (_outcome, seconds) => duration.observe(seconds))
  const hash = argon2Duration.series({ operation: 'hash' })
  const verify = argon2Duration.series({ operation: 'verify' })
  return {
    hash: (secret) => time(() => hasher.hash(secret), hash),
    verify: (stored, secret) => time(() => hasher.verify(stored, secret), verify),
  }
}
