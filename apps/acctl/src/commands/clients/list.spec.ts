import { describe, expect, it } from '@jest/globals'
import { aClient } from '@ac/client-validation/testing'
import { clientId } from '@ac/kernel'
import { inMemoryProgram, numberedClients } from '../../../test/in-memory-program.ts'

interface Listing {
  readonly clients: readonly { readonly client_id: string }[]
  readonly next_cursor: string | null
}

function listOf(count: number) {
  const { clients, run } = inMemoryProgram()
  const ids = numberedClients(count).map((client) => {
    clients.put(client)
    return client.id
  })
  const list = async (...args: readonly string[]) => (await run('clients', 'list', ...args)).json as Listing
  const idsOf = (listing: Listing) => listing.clients.map(({ client_id }) => client_id)
  return { ids, list, idsOf, run }
}

describe('acctl clients list', () => {
  it.each([0, 1, 99, 100, 101, 250])('lists all of %i clients, oldest first', async (count) => {
    const { ids, list, idsOf } = listOf(count)
    const listing = await list()
    expect(idsOf(listing)).toEqual(ids)
    expect(listing.next_cursor).toBeNull()
  })

  it('gives pages that together are all, each client once, and no cursor after the last', async () => {
    const { ids, list, idsOf } = listOf(5)
    const first = await list('--limit', '2')
    const second = await list('--limit', '2', '--cursor', String(first.next_cursor))
    const third = await list('--limit', '2', '--cursor', String(second.next_cursor))
    expect([first, second, third].map(idsOf)).toEqual([ids.slice(0, 2), ids.slice(2, 4), ids.slice(4)])
    expect(third.next_cursor).toBeNull()
  })

  it('gives no cursor when a page ends exactly where the listing does', async () => {
    const { list } = listOf(2)
    expect((await list('--limit', '2')).next_cursor).toBeNull()
  })

  it('lists all the rest from a cursor when no limit is given', async () => {
    const { ids, list, idsOf } = listOf(250)
    const { next_cursor } = await list('--limit', '3')
    expect(idsOf(await list('--cursor', String(next_cursor)))).toEqual(ids.slice(3))
  })

  it('says how to get the next page', async () => {
    const { list, run } = listOf(3)
    const { next_cursor } = await list('--limit', '2')
    const { text } = await run('clients', 'list', '--limit', '2')
    expect(text).toContain(`acctl clients list --limit 2 --cursor ${next_cursor}\n`)
  })

  it('prints a table of at most 100 columns that shows the state and hides nothing', async () => {
    const { clients, run } = inMemoryProgram()
    clients.put(aClient({ name: '\u001b[31mred'.repeat(20), disabled: true, region: undefined }))
    clients.put(aClient({ id: clientId('svc_1'), serviceType: 't'.repeat(64), region: 'r'.repeat(64) }))
    const lines = (await run('clients', 'list')).text.split('\n')
    expect(lines[0]).toMatch(/^CLIENT_ID +NAME +SERVICE_TYPE +REGION +STATE +CREATED$/)
    expect(lines[1]).toMatch(
      /^svc_0123456789ABCDEFabcdef +\\u\{1b\}\[31mred.*… +media-handler +- +disabled +2026-01-02$/,
    )
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100)
  })
})
