import { describe, expect, it } from '@jest/globals'
import { clientId, Secret } from '@ac/kernel'
import type { SecretMacMaker } from '../ports/secret-mac-maker.ts'

const client = clientId('svc_0123456789ABCDEFabcdef')
const secret = new Secret('acs_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg123456')

/** What every {@link SecretMacMaker} promises. `create` makes one under one of two keys, a new instance each time. */
export function secretMacMakerContract(name: string, create: (keySeed: 'one' | 'other') => SecretMacMaker): void {
  describe(`${name} keeps the SecretMacMaker contract`, () => {
    it('makes 32 bytes and names the key that they were made under', () => {
      const macs = create('one')
      const { keyId, mac } = macs.make(client, secret)
      expect([keyId, mac.length]).toEqual([macs.keyId, 32])
    })

    it('makes the same MAC of the same client and secret, in every process that has the key', () => {
      const [here, there] = [create('one'), create('one')]
      expect(there.keyId).toBe(here.keyId)
      expect([...there.make(client, secret).mac]).toEqual([...here.make(client, secret).mac])
      expect(here.same(here.make(client, secret), there.make(client, secret))).toBe(true)
    })

    it('names another key differently, and makes other MACs with it', () => {
      const [one, other] = [create('one'), create('other')]
      expect(other.keyId).not.toBe(one.keyId)
      expect([...other.make(client, secret).mac]).not.toEqual([...one.make(client, secret).mac])
      expect(one.same(one.make(client, secret), other.make(client, secret))).toBe(false)
    })

    it('takes no MAC for the same when its key id is another, whatever its bytes', () => {
      const macs = create('one')
      const mac = macs.make(client, secret)
      expect(macs.same(mac, { ...mac, keyId: create('other').keyId })).toBe(false)
    })

    it.each([
      ['another secret', 'svc_a', 'secret-2'],
      ['another client', 'svc_b', 'secret-1'],
      ['a secret that differs in its last character', 'svc_a', 'secret-1 '],
      ['the same characters divided elsewhere', 'svc_as', 'ecret-1'],
      ['no secret', 'svc_a', ''],
      ['no client', '', 'secret-1'],
    ])('takes the MAC of %s for another', (_, otherClient, otherSecret) => {
      const macs = create('one')
      const one = macs.make(clientId('svc_a'), new Secret('secret-1'))
      expect(macs.same(one, macs.make(clientId(otherClient), new Secret(otherSecret)))).toBe(false)
    })

    it('tells texts apart that are no ASCII', () => {
      const macs = create('one')
      const [one, other] = ['\u00e4', 'a\u0308'].map((text) => macs.make(clientId(text), secret))
      expect(one && other && macs.same(one, other)).toBe(false)
    })

    it('takes a MAC for another when any one bit of it is another', () => {
      const macs = create('one')
      const mac = macs.make(client, secret)
      for (let bit = 0; bit < mac.mac.length * 8; bit++) {
        const bytes = Uint8Array.from(mac.mac, (byte, index) => (index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte))
        expect(macs.same(mac, { ...mac, mac: bytes })).toBe(false)
      }
    })

    it('takes a MAC of another length for another, without an error', () => {
      const macs = create('one')
      const mac = macs.make(client, secret)
      for (const bytes of [new Uint8Array(), mac.mac.slice(0, 31), Uint8Array.of(...mac.mac, 0)]) {
        expect([macs.same(mac, { ...mac, mac: bytes }), macs.same({ ...mac, mac: bytes }, mac)]).toEqual([false, false])
      }
    })
  })
}
