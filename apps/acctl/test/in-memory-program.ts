import { TrailVerifier, type ChainedEvent } from '@ac/audit'
import { FakeChainKey, InMemoryAuditEventReader, InMemoryStoredTrail } from '@ac/audit/testing'
import { ClientAdministrator, ClientRegistrar, SecretRotator, type Client } from '@ac/client-validation'
import {
  aClient,
  FakeSecretHasher,
  FakeSecretMacMaker,
  InMemoryClients,
  seededRandomBytes,
} from '@ac/client-validation/testing'
import { clientId } from '@ac/kernel'
import { MovingClock } from '@ac/kernel/testing'
import { KeyRevoker, KeyRewrapper, KeyRotator, type SigningKey } from '@ac/key-rotation'
import { FakeKeyCipher, FakeKeyPairs, InMemorySigningKeyStore } from '@ac/key-rotation/testing'
import { MassRevoker } from '@ac/token-validation'
import { InMemoryTokenStates } from '@ac/token-validation/testing'
import type { Ask } from '../src/confirmation/confirm.ts'
import { createProgram } from '../src/program.ts'
import type { Report } from '../src/report.ts'

const ROTATION_POLICY = {
  rotationMinIntervalSeconds: 518_400,
  forceRotationMinIntervalSeconds: 3600,
  publicationSeconds: 900,
  overlapSeconds: 604_800,
}

/** The whole command line over a store in memory, for what needs no process and no database. */
export function inMemoryProgram(keys: readonly SigningKey[] = [], ask?: Ask, trail: readonly ChainedEvent[] = []) {
  const clock = new MovingClock()
  const clients = new InMemoryClients()
  const secretDeps = {
    registry: clients,
    macs: new FakeSecretMacMaker(),
    hasher: new FakeSecretHasher(),
    randomBytes: seededRandomBytes(),
    clock: clock.now,
  }
  const signingKeys = new InMemorySigningKeyStore(clock.now)
  signingKeys.put(...keys)
  const keyDeps = { store: signingKeys, cipher: new FakeKeyCipher(), pairs: new FakeKeyPairs() }
  const tokens = new InMemoryTokenStates(clock.now)
  const schema = { migrate: async () => ['0002-b'], pending: async () => ['0001-a'] }
  const workbench = {
    schema: () => schema,
    clients: () => clients,
    registrar: () => new ClientRegistrar(secretDeps),
    clientAdministrator: () => new ClientAdministrator(secretDeps),
    secretRotator: () => new SecretRotator(secretDeps),
    massRevoker: () => new MassRevoker({ revocations: tokens, clock: clock.now }),
    auditEvents: () => new InMemoryAuditEventReader(trail),
    trailVerifier: () =>
      new TrailVerifier({ stored: new InMemoryStoredTrail({ rows: trail }), keys: [new FakeChainKey()] }),
    signingKeys: () => signingKeys,
    keyRotator: () => new KeyRotator({ ...keyDeps, policy: ROTATION_POLICY }),
    keyRevoker: () => new KeyRevoker(keyDeps),
    keyRewrapper: () =>
      new KeyRewrapper({ ...keyDeps, cipher: new FakeKeyCipher('new-master', keyDeps.cipher.master) }),
  }
  const newProgram = (tell: (report: Report) => Promise<void>) =>
    createProgram({ workbench, tell, ask, version: '1.2.3', writeErr: () => {} })
  const run = async (...args: readonly string[]): Promise<Report> => {
    const reports: Report[] = []
    await newProgram(async (report) => void reports.push(report)).parseAsync(args, { from: 'user' })
    const [report, ...others] = reports
    if (!report || others.length > 0) throw new Error('a command gives exactly one report')
    return report
  }
  return { clients, tokens, signingKeys, keyDeps, clock, run, program: newProgram(async () => {}) }
}

/** As many clients as asked for, each made a second after the one before. */
export const numberedClients = (count: number): readonly Client[] =>
  Array.from({ length: count }, (_, index) =>
    aClient({
      id: clientId(`svc_${String(index).padStart(22, '0')}`),
      createdAt: new Date(Date.UTC(2026, 0, 1, 0, 0, index)),
    }),
  )
