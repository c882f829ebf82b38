import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pictureFile } from './dashboards/dashboards-page.ts'
import { DASHBOARDS } from './dashboards/dashboards.ts'
import { askAll, type Period } from './pictures/answer.ts'
import { picture } from './pictures/picture.ts'
import { ROOT } from './repository.ts'
import { SPEED, startScene, type Scene } from './scene/scene.ts'

/** Until counters and windows are filled. */
const WARM_UP_S = 15
const QUIET_S = 40
const OUTAGE_S = 12
const RECOVERY_S = 20
const BACK_S = QUIET_S + OUTAGE_S
const NO_AUDIT_S = 6
const END_S = 12
/** Of each line. */
const POINTS = 70

/** `npm run dashboards:pictures`: draws every panel from what a real Prometheus answers about an outage. */
const say = (line: string): void => void process.stdout.write(`${line}\n`)

async function play(scene: Scene): Promise<Period> {
  await sleep(WARM_UP_S * 1000)
  const from = Date.now() / 1000
  await sleep(QUIET_S * 1000)
  say('killing the database')
  await scene.database.kill()
  await sleep(OUTAGE_S * 1000)
  await scene.database.start()
  say('the database is back')
  await sleep(RECOVERY_S * 1000)
  say('refusing audit events, then overloading')
  await scene.allowAudit(false)
  await sleep(NO_AUDIT_S * 1000)
  await scene.allowAudit(true)
  await scene.overload()
  await sleep(END_S * 1000)
  return { from, to: Date.now() / 1000, points: POINTS }
}

const scene = await startScene(say)
try {
  const period = await play(scene)
  const caption =
    `Two replicas under mixed load. The database is killed after ${QUIET_S} s and back after ${BACK_S} s; from ` +
    `${BACK_S + RECOVERY_S} s on audit events are refused for ${NO_AUDIT_S} s, then too many requests come at once. ` +
    `Time passes ${SPEED} times faster for the rules.`
  for (const plan of DASHBOARDS) {
    const answers = await askAll(scene.prometheus, plan, period)
    writeFileSync(join(ROOT, pictureFile(plan)), picture(plan, answers, period, caption))
    say(pictureFile(plan))
  }
} finally {
  await scene.stop()
}
