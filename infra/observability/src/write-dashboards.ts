import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DASHBOARDS_PAGE, dashboardsPage } from './dashboards/dashboards-page.ts'
import { DASHBOARDS, dashboardFile, dashboardJson } from './dashboards/dashboards.ts'
import { ROOT } from './repository.ts'

/** `npm run dashboards`: writes the JSON that Grafana imports, and the page about it. */
function write(file: string, content: string): void {
  mkdirSync(dirname(join(ROOT, file)), { recursive: true })
  writeFileSync(join(ROOT, file), content)
  process.stdout.write(`${file}\n`)
}

for (const plan of DASHBOARDS) write(dashboardFile(plan), dashboardJson(plan))
write(DASHBOARDS_PAGE, dashboardsPage(DASHBOARDS))
