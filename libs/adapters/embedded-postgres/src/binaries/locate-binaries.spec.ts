import { describe, expect, it } from '@jest/globals'
import { BinariesMissing } from '../errors.ts'
import { locateBinaries } from './locate-binaries.ts'

describe('locateBinaries', () => {
  it('finds the PostgreSQL of this machine', async () => {
    const found = await locateBinaries()
    expect(found.postgres).toMatch(/native\/bin\/postgres$/)
    expect(found.version).toMatch(/^18\./)
    expect(found.major).toBe('18')
  })

  it('names the platforms there are when asked for another one', async () => {
    const failure = await locateBinaries('sunos-sparc').catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(BinariesMissing)
    expect(failure).toMatchObject({ code: 'binaries_missing' })
    expect(String(failure)).toContain('no embedded PostgreSQL for sunos-sparc, only for darwin-arm64')
  })

  it('says how to install what npm was told to omit', async () => {
    const other = process.platform === 'darwin' ? 'linux-x64' : 'darwin-x64'
    await expect(locateBinaries(other)).rejects.toThrow(/not installed: run npm ci without --omit=optional/)
  })
})
