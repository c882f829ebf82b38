/** Starts a server in argv[2], disposable if argv[3] says so, prints where it is, and waits to be killed. */
import { startPostgres } from '../../src/start-postgres.ts'

const [, , dataDirectory = '', disposable] = process.argv
const { url, pid } = await startPostgres({ dataDirectory, durable: false, disposable: disposable === 'disposable' })
process.stdout.write(`${JSON.stringify({ url, pid })}\n`)
