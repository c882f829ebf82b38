import { readFileSync } from 'node:fs'
import { Secret } from '@ac/kernel'

/** Where the service is, and as whom to call it. */
export interface Settings {
  /** Without a trailing slash. */
  readonly url: string
  readonly clientId: string
  readonly clientSecret: Secret
}

/** The environment is not usable. Names every wrong variable at once and prints no value. */
export class InvalidSettings extends Error {
  override readonly name = 'InvalidSettings'
  /** `EX_CONFIG` of sysexits.h. */
  readonly exitCode = 78
}

const URL_NAME = 'ROTATE_KEYS_URL'
const ID_NAME = 'ROTATE_KEYS_CLIENT_ID_FILE'
const SECRET_NAME = 'ROTATE_KEYS_CLIENT_SECRET_FILE'

/** @throws {InvalidSettings} */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const url = baseUrl(env[URL_NAME])
  const clientId = fileContent(env[ID_NAME])
  const clientSecret = fileContent(env[SECRET_NAME])
  const problems = [
    ...(url === undefined ? [`${URL_NAME} must be an http or https URL`] : []),
    ...(clientId === undefined ? [`${ID_NAME} must name a file that holds the client id`] : []),
    ...(clientSecret === undefined ? [`${SECRET_NAME} must name a file that holds the client secret`] : []),
  ]
  if (url === undefined || clientId === undefined || clientSecret === undefined)
    throw new InvalidSettings(problems.join('; '))
  return { url, clientId, clientSecret: new Secret(clientSecret) }
}

function baseUrl(text = ''): string | undefined {
  if (!URL.canParse(text)) return undefined
  const { protocol, username, password, search, hash } = new URL(text)
  const isPlain = ['http:', 'https:'].includes(protocol) && username + password + search + hash === ''
  return isPlain ? text.replace(/[/]+$/, '') : undefined
}

/** One line, without its end; `undefined` for a file that is empty or cannot be read. */
function fileContent(path = ''): string | undefined {
  try {
    const text = readFileSync(path, 'utf8').replace(/\r?\n$/, '')
    return /^\S+$/.test(text) ? text : undefined
  } catch {
    return undefined
  }
}
