import { InMemoryAuditTrail, MovingClock, RecordingLog } from '@ac/kernel/testing'
import { clientId, type Secret, secretId } from '@ac/kernel'
import { ClientAuthenticator, type ClientCredentials } from '../client-authenticator.ts'
import { generateClientId } from '../client-id-format.ts'
import { generateClientSecret } from '../client-secret-format.ts'
import type { Client, ClientSecret } from '../client.ts'
import { ForeignMacCensus } from '../foreign-mac-census.ts'
import { aClient } from './a-client.ts'
import { aStoredSecret } from './a-stored-secret.ts'
import { FakeSecretHasher } from './fake-secret-hasher.ts'
import { FakeSecretMacMaker } from './fake-secret-mac-maker.ts'
import { InMemoryClients } from './in-memory-clients.ts'
import { seededRandomBytes } from './seeded-random-bytes.ts'

/** A client in the store, and what a caller would present to prove that it is that client. */
export interface Enrolled extends ClientCredentials {
  readonly client: Client
}

/** An authenticator over fakes, with ways to fill its store. */
export class AuthenticatorFixture {
  readonly clients = new InMemoryClients()
  readonly macs = new FakeSecretMacMaker('our-key')
  readonly foreignMacs = new FakeSecretMacMaker('lost-key')
  readonly hasher = new FakeSecretHasher()
  readonly census = new ForeignMacCensus('$argon2id$v=19$m=8,t=1,p=1$0$' + '0'.repeat(64))
  readonly audit = new InMemoryAuditTrail()
  readonly clock = new MovingClock()
  readonly log = new RecordingLog()
  readonly #randomBytes = seededRandomBytes()

  readonly authenticator = new ClientAuthenticator({
    store: this.clients,
    macs: this.macs,
    hasher: this.hasher,
    census: this.census,
    uses: this.clients,
    audit: this.audit,
    clock: this.clock.now,
    log: this.log,
  })

  newSecret(): Secret {
    return generateClientSecret(this.#randomBytes)
  }

  newId(): string {
    return generateClientId(this.#randomBytes)
  }

  /** Puts a client there with one secret, whose MAC is ours. */
  enrol(client: Partial<Client> = {}, secret: Partial<ClientSecret> = {}): Promise<Enrolled> {
    return this.#put(client, secret, this.macs)
  }

  /** Puts a client there with one secret, whose MAC was made under a key that is not ours. */
  enrolForeign(client: Partial<Client> = {}, secret: Partial<ClientSecret> = {}): Promise<Enrolled> {
    return this.#put(client, secret, this.foreignMacs)
  }

  /** Gives a client a second, older secret, whose MAC was made under a key that is not ours. */
  async addForeignSecret({ client }: Enrolled): Promise<Secret> {
    const secret = this.newSecret()
    this.clients.addSecret(client.id, await this.#stored(client, secret, { createdAt: new Date(0) }, this.foreignMacs))
    return secret
  }

  async #put(over: Partial<Client>, secretOver: Partial<ClientSecret>, macs: FakeSecretMacMaker): Promise<Enrolled> {
    const client = aClient({ id: clientId(this.newId()), ...over })
    const secret = this.newSecret()
    this.clients.put(client, await this.#stored(client, secret, secretOver, macs))
    return { client, clientId: client.id, secret }
  }

  async #stored(
    client: Client,
    secret: Secret,
    over: Partial<ClientSecret>,
    macs: FakeSecretMacMaker,
  ): Promise<ClientSecret> {
    const [hash, mac] = [await this.hasher.hash(secret), macs.make(client.id, secret)]
    return aStoredSecret({ id: secretId(`sec_${this.newId()}`), hash, mac, ...over })
  }
}
