import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DASHBOARDS, dashboardFile, dashboardJson } from './dashboards/dashboards.ts'
import { ROOT } from './repository.ts'

/** `npm run dashboards`: writes the JSON that Grafana imports. */
for (const plan of DASHBOARDS) {
  const file = join(ROOT, dashboardFile(plan))
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, dashboardJson(plan))
  process.stdout.write(`${dashboardFile(plan)}\n`)
}
