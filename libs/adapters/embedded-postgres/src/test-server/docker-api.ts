import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { request as plain } from 'node:http'
import { request as secure } from 'node:https'
import type { RequestOptions } from 'node:https'
import { homedir } from 'node:os'
import { join } from 'node:path'

/**
 * Whether a Docker API answers a ping within `limitMs`: at DOCKER_HOST (unix, tcp, http, https; certificates from
 * DOCKER_CERT_PATH when DOCKER_TLS_VERIFY is set), else at the usual sockets. Never throws.
 */
export async function dockerAnswers(env: NodeJS.ProcessEnv, limitMs = 1000): Promise<boolean> {
  const host = env['DOCKER_HOST']
  if (host !== undefined && host !== '') return await answers(host, env, limitMs)
  const sockets = [
    '/var/run/docker.sock',
    ...(env['XDG_RUNTIME_DIR'] === undefined ? [] : [join(env['XDG_RUNTIME_DIR'], 'docker.sock')]),
    join(homedir(), '.docker', 'run', 'docker.sock'),
  ]
  const pings = sockets.filter((path) => existsSync(path)).map((path) => answers(`unix://${path}`, env, limitMs))
  return (await Promise.all(pings)).includes(true)
}

async function answers(host: string, env: NodeJS.ProcessEnv, limitMs: number): Promise<boolean> {
  try {
    if (host.startsWith('unix://')) return await ping(plain, { socketPath: host.slice('unix://'.length) }, limitMs)
    const url = new URL(host)
    if (!['tcp:', 'http:', 'https:'].includes(url.protocol)) return false
    const tls = url.protocol === 'https:' || Boolean(env['DOCKER_TLS_VERIFY'])
    const where = { hostname: url.hostname.replace(/^\[|\]$/g, ''), port: url.port || (tls ? 2376 : 2375) }
    return tls
      ? await ping(secure, { ...where, ...(await certificates(env['DOCKER_CERT_PATH'])) }, limitMs)
      : await ping(plain, where, limitMs)
  } catch {
    return false
  }
}

async function ping(request: typeof plain, where: RequestOptions, limitMs: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  request({ ...where, path: '/_ping', signal: AbortSignal.timeout(limitMs) }, (response) => {
    response.on('error', () => undefined).resume()
    resolve(response.statusCode === 200)
  })
    .on('error', () => resolve(false))
    .end()
  return await promise
}

async function certificates(folder: string | undefined): Promise<RequestOptions> {
  if (folder === undefined) return {}
  const read = (name: string): Promise<Buffer> => readFile(join(folder, name))
  return { ca: await read('ca.pem'), cert: await read('cert.pem'), key: await read('key.pem') }
}
