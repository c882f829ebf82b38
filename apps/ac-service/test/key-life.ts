import { AesGcmKeyCipher, Ed25519KeyPairs } from '@ac/crypto'
import { KeyRevoker, KeyRewrapper, KeyRotator, type SigningKeyStatus } from '@ac/key-rotation'
import type { ServiceDatabase } from './service-database.ts'
import { MASTER_KEY } from './service-environment.ts'

/** Rotates whenever it is asked to. */
const WITHOUT_LIMITS = {
  rotationMinIntervalSeconds: 0,
  forceRotationMinIntervalSeconds: 0,
  publicationSeconds: 0,
  overlapSeconds: 3600,
}

/** What changes the keys of services that run with these master keys, the way `acctl` does: beside them. */
export function keyLife(database: ServiceDatabase, current = MASTER_KEY, ...previous: readonly Uint8Array[]) {
  const store = database.signingKeys()
  const deps = { store, cipher: new AesGcmKeyCipher({ current, previous }), pairs: new Ed25519KeyPairs() }
  return {
    rotator: new KeyRotator({ ...deps, policy: WITHOUT_LIMITS }),
    revoker: new KeyRevoker(deps),
    rewrapper: new KeyRewrapper(deps),
    /** The kids of keys with this status, newest first. */
    kids: async (status: SigningKeyStatus): Promise<readonly string[]> =>
      (await store.read()).keys.filter((key) => key.status === status).map(({ kid }) => kid),
  }
}
