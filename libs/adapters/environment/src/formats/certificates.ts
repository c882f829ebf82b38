import { X509Certificate } from 'node:crypto'
import { z } from 'zod'
import type { Format } from './format.ts'

const PEM_CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g

/** PEM certificates (RFC 7468), each readable; kept as the whole text, which `tls.connect` takes as `ca`. */
export const certificates: Format<string> = {
  expected: 'the path of a readable file that holds PEM certificates',
  schema: z.string().refine((text) => {
    const found = text.match(PEM_CERTIFICATE) ?? []
    return found.length > 0 && found.every(isCertificate)
  }),
}

function isCertificate(pem: string): boolean {
  try {
    return Boolean(new X509Certificate(pem))
  } catch {
    return false
  }
}
