import { describe, expect, it } from '@jest/globals'
import { InvalidRequest } from '../errors/request-errors.ts'
import { Cursors } from './cursors.ts'
import { readPage, type Listing } from './pages.ts'

const cursors = new Cursors(Buffer.alloc(32, 1))

/** The numbers from 1 to `count`, with a note of how many were asked for. */
function numbers(count: number, name = 'numbers') {
  const limits: number[] = []
  const listing: Listing<number, number> = {
    name,
    positionOf: (item) => item,
    writePosition: String,
    readPosition: (text) => (/^\d+$/.test(text) ? Number(text) : undefined),
    list: async (limit, after = 0) => {
      limits.push(limit)
      return Array.from({ length: count }, (_, index) => index + 1)
        .filter((item) => item > after)
        .slice(0, limit)
    },
  }
  const page = (query: Readonly<Record<string, string>>) => readPage(new Map(Object.entries(query)), cursors, listing)
  return { page, limits }
}

describe('readPage', () => {
  it.each([1, 2, 3, 7, 100])('gives pages of %i that together are all, each item once', async (limit) => {
    const { page } = numbers(7)
    const items: number[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const got = await page({ limit: String(limit), ...(cursor && { cursor }) })
      expect(got.items.length).toBeLessThanOrEqual(limit)
      items.push(...got.items)
      cursor = got.nextCursor
    }
    expect(items).toEqual([1, 2, 3, 4, 5, 6, 7])
  })

  it('gives no cursor when a page ends exactly where the listing does, nor for an empty listing', async () => {
    expect((await numbers(2).page({ limit: '2' })).nextCursor).toBeNull()
    expect(await numbers(0).page({})).toEqual({ items: [], nextCursor: null })
  })

  it('gives 50 items unless it is told otherwise, and asks for one more', async () => {
    const { page, limits } = numbers(60)
    expect((await page({})).items).toHaveLength(50)
    expect(limits).toEqual([51])
  })

  it.each(['0', '-1', '101', '999', '1e2', '1.0', '01', '+1', ' 1', '1 ', '', 'ten', '\uff11', '9'.repeat(400)])(
    'refuses the limit %j and lists nothing',
    async (limit) => {
      const { page, limits } = numbers(2)
      await expect(page({ limit })).rejects.toThrow('limit must be a whole number from 1 to 100')
      expect(limits).toEqual([])
    },
  )

  it('refuses a cursor of another listing, and one whose place means nothing here', async () => {
    const { nextCursor } = await numbers(2, 'others').page({ limit: '1' })
    await expect(numbers(2).page({ cursor: String(nextCursor) })).rejects.toThrow(InvalidRequest)
    await expect(numbers(2).page({ cursor: cursors.write('numbers', 'x') })).rejects.toThrow(InvalidRequest)
  })
})
