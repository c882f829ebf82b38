import { describe, expect, it } from '@jest/globals'
import { secretId, type ClientId, type SecretId } from '@ac/kernel'
import type { ClientSecretStore } from '../ports/client-secret-store.ts'
import { USE_RESOLUTION_SECONDS, type SecretUseRecorder } from '../ports/secret-use-recorder.ts'

/** Two recorders, as two processes have them, over one store that holds a client with two secrets, neither ever used. */
export interface SecretUseRecorderUnderTest {
  readonly recorder: SecretUseRecorder
  readonly other: SecretUseRecorder
  readonly store: Pick<ClientSecretStore, 'find'>
  readonly client: ClientId
  readonly secrets: readonly [SecretId, SecretId]
}

const START = Date.parse('2026-05-01T10:00:00.123Z')
const after = (seconds: number): Date => new Date(START + seconds * 1000)

/** What every {@link SecretUseRecorder} promises. */
export function secretUseRecorderContract(name: string, create: () => Promise<SecretUseRecorderUnderTest>): void {
  describe(`${name} keeps the SecretUseRecorder contract`, () => {
    const start = async () => {
      const under = await create()
      const [first, second] = under.secrets
      const stored = async () => {
        const found = await under.store.find(under.client)
        return [first, second].map((wanted) => found?.secrets.find(({ id }) => id === wanted)?.lastUsedAt)
      }
      return { ...under, first, second, stored }
    }

    it('has nothing stored before, and the noted moment after, a flush', async () => {
      const { recorder, first, stored } = await start()
      recorder.note(first, after(0))
      expect(await stored()).toEqual([undefined, undefined])
      await recorder.flush()
      expect(await stored()).toEqual([after(0), undefined])
    })

    it('keeps the latest of several moments, in whatever order they are noted', async () => {
      const { recorder, first, second, stored } = await start()
      for (const seconds of [2, 5, 3]) recorder.note(first, after(seconds))
      for (const seconds of [9, 1]) recorder.note(second, after(seconds))
      await recorder.flush()
      expect(await stored()).toEqual([after(5), after(9)])
    })

    it('writes a secret again when the resolution is over, and not before, whichever process noted it', async () => {
      const { recorder, other, first, stored } = await start()
      recorder.note(first, after(0))
      await recorder.flush()
      for (const [index, seconds] of [1, USE_RESOLUTION_SECONDS / 2, USE_RESOLUTION_SECONDS - 0.001].entries()) {
        const noting = index % 2 === 0 ? other : recorder
        noting.note(first, after(seconds))
        await noting.flush()
        expect((await stored())[0]).toEqual(after(0))
      }
      other.note(first, after(USE_RESOLUTION_SECONDS))
      await other.flush()
      expect((await stored())[0]).toEqual(after(USE_RESOLUTION_SECONDS))
    })

    it('never goes back in time', async () => {
      const { recorder, other, first, stored } = await start()
      recorder.note(first, after(3600))
      await recorder.flush()
      other.note(first, after(0))
      await other.flush()
      expect((await stored())[0]).toEqual(after(3600))
    })

    it('takes uses from two processes at once', async () => {
      const { recorder, other, first, second, stored } = await start()
      for (const each of [recorder, other]) for (const secret of [first, second]) each.note(secret, after(7))
      await Promise.all([recorder.flush(), other.flush(), recorder.flush()])
      expect(await stored()).toEqual([after(7), after(7)])
    })

    it('says nothing about a secret that is gone, and records the others', async () => {
      const { recorder, first, stored } = await start()
      recorder.note(secretId('sec_gone000000000000000000'), after(0))
      recorder.note(secretId(`'; drop table client_secrets; --`), after(0))
      recorder.note(first, after(0))
      await recorder.flush()
      expect(await stored()).toEqual([after(0), undefined])
    })

    it('has nothing to do when nothing was noted', async () => {
      const { recorder, stored } = await start()
      await recorder.flush()
      expect(await stored()).toEqual([undefined, undefined])
    })

    it('stands any number of notes', async () => {
      const { recorder, first, stored } = await start()
      recorder.note(first, after(0))
      for (let count = 0; count < 25_000; count++) recorder.note(secretId(`sec_${count}`), after(0))
      await recorder.flush()
      expect((await stored())[0]).toEqual(after(0))
    })
  })
}
