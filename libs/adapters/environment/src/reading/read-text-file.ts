import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'

/** The text of a file, or in a constant word or two why there is none. */
export type FileText = { readonly text: string } | { readonly fault: string }

/** Reads a regular file of at most `maxBytes` of UTF-8, at once. Never waits for a pipe, never throws. */
export function readTextFile(path: string, maxBytes: number): FileText {
  try {
    // Without O_NONBLOCK the opening of a named pipe would wait for its writer.
    const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
    try {
      if (!fstatSync(file).isFile()) return { fault: 'it is no regular file' }
      const bytes = readUpTo(file, maxBytes + 1)
      if (bytes.length > maxBytes) return { fault: 'it is longer' }
      return decode(bytes)
    } finally {
      closeSync(file)
    }
  } catch (error) {
    return { fault: errorCode(error) }
  }
}

function readUpTo(file: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  let filled = 0
  while (filled < length) {
    const read = readSync(file, bytes, filled, length - filled, null)
    if (read === 0) break
    filled += read
  }
  return bytes.subarray(0, filled)
}

function decode(bytes: Uint8Array): FileText {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch {
    return { fault: 'it is not UTF-8' }
  }
}

/** Only the code: the message of a file system error quotes the path. */
function errorCode(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
  return typeof code === 'string' && /^E[A-Z0-9_]+$/.test(code) ? code : 'it cannot be read'
}
