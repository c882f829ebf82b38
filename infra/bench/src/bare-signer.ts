import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Ed25519KeyPairs, JwtTokenSigner, newTokenId } from '@ac/crypto'
import { clientId } from '@ac/kernel'

/**
 * The limit that the service is measured against: plain node:http that reads the body, signs the same JWT with the same
 * code, and does nothing else. No framework, no client, no database, no audit. Its argument says where it signs; see
 * `SigningMode` of @ac/crypto.
 */
const pairs = new Ed25519KeyPairs({ mode: process.argv[2] === 'inline' ? 'inline' : 'thread-pool' })
const { kid, privateKey } = await pairs.generate()
const key = pairs.signer(kid, privateKey)
const signer = new JwtTokenSigner({ active: async () => key })
const client = clientId(`svc_${'0'.repeat(22)}`)

async function token(): Promise<string> {
  const iat = Math.floor(Date.now() / 1000)
  const accessToken = await signer.sign({
    iss: 'http://127.0.0.1:8082',
    sub: client,
    client_id: client,
    aud: 'urn:ac:platform',
    iat,
    exp: iat + 3600,
    jti: newTokenId(),
    scope: 'bench.read bench.write',
    region: 'local',
  })
  return JSON.stringify({
    access_token: accessToken,
    token_type: 'Bearer',
    expires_in: 3600,
    scope: 'bench.read bench.write',
  })
}

const server = createServer((request, response) => {
  request.resume().once('end', () => {
    void token().then((body) =>
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body),
    )
  })
})
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify({ port: (server.address() as AddressInfo).port })}\n`)
})
