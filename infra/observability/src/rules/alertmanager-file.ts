import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { ROOT } from '../repository.ts'
import { scaledDuration } from './scaled.ts'

/** What of Alertmanager's configuration the checks look at. */
export interface AlertmanagerConfiguration {
  readonly route: Route
  readonly inhibit_rules: readonly InhibitRule[]
  readonly receivers: readonly Receiver[]
}

export interface Route {
  readonly receiver: string
  readonly matchers?: readonly string[]
  readonly group_by: readonly string[]
  readonly group_wait: string
  readonly group_interval: string
  readonly repeat_interval: string
  readonly routes?: readonly Route[]
}

export interface InhibitRule {
  readonly source_matchers: readonly string[]
  readonly target_matchers: readonly string[]
  readonly equal: readonly string[]
}

export interface Receiver {
  readonly name: string
}

/** From the root of the repository. */
export const ALERTMANAGER_FILE = 'infra/alertmanager/alertmanager.yaml'

export const readAlertmanagerFile = (): AlertmanagerConfiguration =>
  parse(readFileSync(join(ROOT, ALERTMANAGER_FILE), 'utf8')) as AlertmanagerConfiguration

/**
 * The shipped configuration with its waits divided by `by`, and with every receiver turned into a webhook that keeps its
 * name: `<webhook>/<receiver>`.
 */
export const rehearsed = (
  { route, inhibit_rules, receivers }: AlertmanagerConfiguration,
  by: number,
  webhook: string,
): AlertmanagerConfiguration => ({
  route: scaledRoute(route, by),
  inhibit_rules,
  receivers: receivers.map(({ name }) => ({
    name,
    webhook_configs: [{ url: `${webhook}/${name}`, send_resolved: true }],
  })),
})

const scaledRoute = (route: Route, by: number): Route => ({
  ...route,
  group_wait: scaledDuration(route.group_wait, by),
  group_interval: scaledDuration(route.group_interval, by),
  ...(route.routes && { routes: route.routes.map((each) => scaledRoute(each, by)) }),
})
