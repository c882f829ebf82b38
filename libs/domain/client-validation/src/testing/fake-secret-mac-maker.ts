import type { ClientId, Secret } from '@ac/kernel'
import type { SecretMac } from '../client.ts'
import type { SecretMacMaker } from '../ports/secret-mac-maker.ts'
import { fakeDigest } from './fake-digest.ts'

/** Makes MACs that depend on key id, client and secret alone. Two makers with one key id agree. */
export class FakeSecretMacMaker implements SecretMacMaker {
  constructor(readonly keyId = 'mac-key-1') {}

  make(client: ClientId, secret: Secret): SecretMac {
    return { keyId: this.keyId, mac: fakeDigest(this.keyId, client, secret.reveal()) }
  }

  same(one: SecretMac, other: SecretMac): boolean {
    const sameBytes = one.mac.length === other.mac.length && one.mac.every((byte, index) => byte === other.mac[index])
    return one.keyId === other.keyId && sameBytes
  }
}
