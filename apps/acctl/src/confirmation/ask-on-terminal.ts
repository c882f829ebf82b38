import type { ReadStream, WriteStream } from 'node:tty'
import { createInterface } from 'node:readline'
import { visible } from '../output/visible.ts'
import type { Ask } from './confirm.ts'

/** What this needs of the standard streams of a process. */
export interface Terminal {
  readonly input: Pick<ReadStream, 'isTTY'> & NodeJS.ReadableStream
  readonly output: Pick<WriteStream, 'isTTY'> & NodeJS.WritableStream
}

/**
 * Asks on the terminal; `undefined` where input or output is none. Only `y` and `yes` are a yes: a bare Enter and the
 * end of the input are not.
 */
export function askOnTerminal({ input, output }: Terminal): Ask | undefined {
  if (!input.isTTY || !output.isTTY) return undefined
  return async (question) => {
    output.write(`${visible(question)} [y/N] `)
    const lines = createInterface({ input })
    const { value } = await lines[Symbol.asyncIterator]().next()
    lines.close()
    return /^y(?:es)?$/i.test((value ?? '').trim())
  }
}
