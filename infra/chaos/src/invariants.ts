import { until, type Stage } from './stage/stage.ts'
import type { Traffic } from './stage/traffic.ts'

/** What one replica held before a fault. */
export interface Footprint {
  readonly pid: number
  readonly descriptors: number
  readonly memoryMib: number
}

/** A pool that was small may have grown to its size of 20; each new thing beyond that is a leak. */
const MORE_DESCRIPTORS = 40
/** A heap takes its time to give memory back. */
const MORE_MEMORY_MIB = 100
const BACK_WITHIN_MS = 10_000

export const footprints = (stage: Stage): readonly Footprint[] =>
  stage.replicas.map((slot) => ({ pid: slot.replica.pid, ...slot.footprint() }))

/** What must hold after every fault. @returns a sentence for each that does not */
export async function checkInvariants(
  stage: Stage,
  traffic: Traffic,
  before: readonly Footprint[],
): Promise<readonly string[]> {
  return [
    ...(await checkKeys(stage)),
    ...(await checkAudit(stage, traffic)),
    ...(await Promise.all(before.map((footprint, index) => checkFootprint(stage, footprint, index)))).flat(),
  ]
}

async function checkKeys({ query }: Stage): Promise<readonly string[]> {
  const rows = await query<{ active: number; next: number }>(
    `select (count(*) filter (where status = 'active'))::int as active,
            (count(*) filter (where status = 'next'))::int as next
     from signing_keys`,
  )
  const { active = 0, next = 0 } = rows[0] ?? {}
  return active === 1 && next === 1 ? [] : [`there are ${active} active and ${next} next keys`]
}

/** Each token that a client holds has its event: the other way round is allowed. */
async function checkAudit({ query }: Stage, traffic: Traffic): Promise<readonly string[]> {
  const ids = traffic.tokenIds()
  const rows = await query<{ missing: number }>(
    `select count(*)::int as missing from unnest($1::text[]) as token
     where not exists (select from audit_events where type = 'token.issued' and target = token)`,
    [ids],
  )
  const missing = rows[0]?.missing ?? ids.length
  return missing === 0 ? [] : [`${missing} of ${ids.length} tokens have no audit event`]
}

/** Sockets of clients that went away and idle connections close in their own time, so there is some. */
async function checkFootprint({ replicas }: Stage, before: Footprint, index: number): Promise<readonly string[]> {
  const slot = replicas[index]
  if (!slot || slot.replica.pid !== before.pid) return []
  const isBack = async (): Promise<boolean> => {
    const { descriptors, memoryMib } = slot.footprint()
    return descriptors <= before.descriptors + MORE_DESCRIPTORS && memoryMib <= before.memoryMib + MORE_MEMORY_MIB
  }
  if ((await until(isBack, BACK_WITHIN_MS)) < BACK_WITHIN_MS) return []
  const { descriptors, memoryMib } = slot.footprint()
  return [
    `replica ${index + 1} holds ${descriptors} descriptors and ${memoryMib} MiB, ` +
      `before ${before.descriptors} and ${before.memoryMib}`,
  ]
}
