import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { chromium, type BrowserContext, type Page } from 'playwright-core'
import type { RegisteredClient } from './registered-client.ts'
import { startService, type RunningService } from './running-service.ts'
import { useServiceDatabase } from './service-database.ts'

/** Debian's Chromium as root, asking nobody on the Internet for anything. */
const LAUNCH = {
  executablePath: '/usr/bin/chromium',
  headless: true,
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
}

const database = useServiceDatabase()
let service: RunningService
let client: RegisteredClient
let profile: string
let context: BrowserContext
let page: Page
/** Every request that the page made, and every complaint of the browser about it. */
const requested: string[] = []
const complaints: string[] = []

beforeAll(async () => {
  client = await database().register()
  const port = String(await freePort())
  service = await startService(database().url, { AC_HTTP_PORT: port, AC_ISSUER: `http://127.0.0.1:${port}` })
  profile = await mkdtemp(join(tmpdir(), 'ac-chromium-'))
  context = await chromium.launchPersistentContext(profile, LAUNCH)
  page = await context.newPage()
  page.on('request', (request) => requested.push(request.url()))
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(`${service.api}/docs`)
  await page.waitForSelector('.opblock')
}, 120_000)

afterAll(async () => {
  await context?.close()
  await service?.stop()
  if (profile) await rm(profile, { recursive: true, force: true })
})

/** A port that was free a moment ago: the issuer must name it before the service listens. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

describe('the documentation page in a real browser', () => {
  it('shows every operation of the document', async () => {
    const { paths } = (await (await fetch(`${service.api}/openapi.json`)).json()) as { paths: Record<string, object> }
    const operations = Object.values(paths).flatMap((methods) => Object.keys(methods))
    expect(await page.locator('.opblock').count()).toBe(operations.length)
  })

  it('executes a token request', async () => {
    const operation = page.locator('#operations-tokens-issueToken')
    await operation.locator('.opblock-summary-control').click()
    // Placed beside "send empty value", which stays unticked for what is left blank.
    await operation.getByPlaceholder('client_id').fill(client.id)
    await operation.getByPlaceholder('client_secret').fill(client.secret)
    const answered = page.waitForResponse((response) => response.url().endsWith('/oauth2/token'))
    await operation.locator('button.execute').click()
    const response = await answered
    expect(response.status()).toBe(200)
    expect(await response.json()).toMatchObject({ token_type: 'Bearer' })
    await operation.locator('.live-responses-table').waitFor()
    expect(await operation.locator('.live-responses-table tbody .response-col_status').first().innerText()).toMatch(
      /^200/,
    )
  })

  it('asks nobody but the service, and breaks no rule of its own policy', () => {
    expect(requested.filter((url) => !url.startsWith(service.api) && !url.startsWith('data:'))).toEqual([])
    expect(complaints).toEqual([])
  })
})
