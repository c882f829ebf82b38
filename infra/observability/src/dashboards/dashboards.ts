import { AC_SECURITY } from './ac-security.ts'
import { AC_SERVICE } from './ac-service/ac-service.ts'
import { AC_SLO } from './ac-slo.ts'
import { grafanaDashboard } from './grafana-dashboard.ts'
import type { DashboardPlan } from './question.ts'

export const DASHBOARDS: readonly DashboardPlan[] = [AC_SERVICE, AC_SLO, AC_SECURITY]

/** The file of a dashboard, from the root of the repository. */
export const dashboardFile = ({ uid }: DashboardPlan): string => `infra/grafana/dashboards/${uid}.json`

/** What stands in that file. */
export const dashboardJson = (plan: DashboardPlan): string => `${JSON.stringify(grafanaDashboard(plan), null, 2)}\n`
