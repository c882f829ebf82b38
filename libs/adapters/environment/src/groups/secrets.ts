import { defaulted, required } from '../environment-variable.ts'
import { hashSecret as hashSecretFormat, masterKey, masterKeys as masterKeysFormat } from '../formats/key-material.ts'
import { part, type PartValue } from '../reading/part.ts'

/** Variables of the keys that seal private keys. */
export const masterKeysVariables = {
  current: required({
    name: 'AC_MASTER_KEY',
    description: 'key that seals and opens the private signing keys, base64 of 32 bytes',
    format: masterKey,
    from: 'secret',
  }),
  previous: defaulted('', {
    name: 'AC_MASTER_KEYS_PREVIOUS',
    description: 'comma list of earlier master keys, which only open',
    format: masterKeysFormat,
    from: 'secret',
  }),
}

const hashSecretVariables = {
  secret: required({
    name: 'AC_HASH_SECRET',
    description: 'root of the keyed hashes of client secrets and addresses, base64 of at least 32 bytes',
    format: hashSecretFormat,
    from: 'secret',
  }),
}

export const masterKeys = part(masterKeysVariables, (values) => values)
export const hashSecret = part(hashSecretVariables, ({ secret }) => secret)

/** AES-256 keys, 32 bytes each: `current` seals and opens, `previous` only open. They print as `[secret]`. */
export type MasterKeys = PartValue<typeof masterKeys>
