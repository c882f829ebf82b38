import { clientId, type ClientId } from '@ac/kernel'
import { randomBase62 } from './base62.ts'
import type { RandomBytes } from './ports/random-bytes.ts'

const FORMAT = /^svc_[0-9A-Za-z]{22}$/

/** Makes a new client id: `svc_` and 22 random base62 characters (131 bits), so that ids cannot be tried out. */
export const generateClientId = (randomBytes: RandomBytes): ClientId => clientId(`svc_${randomBase62(22, randomBytes)}`)

/** `text` as a client id when it has the form of one made here, else `undefined`. */
export const parseClientId = (text: string): ClientId | undefined => (FORMAT.test(text) ? clientId(text) : undefined)
