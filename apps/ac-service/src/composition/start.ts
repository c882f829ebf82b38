import { InvalidEnvironment } from '@ac/environment'
import { SealedKeyRejected } from '@ac/key-rotation'
import { readConfiguration } from './read-configuration.ts'
import { runService } from './run-service.ts'

/** `EX_CONFIG` of sysexits.h: starting again changes nothing before somebody has changed the configuration. */
const EX_CONFIG = 78

/** Starts the service and sees it to its end; what keeps it from starting is told in plain words on standard error. */
export async function start(env: NodeJS.ProcessEnv): Promise<never> {
  const stopping = stopSignal()
  try {
    const config = readConfiguration(env)
    const cutOff = (): void => {
      setTimeout(() => {
        process.stderr.write(`ac-service: not stopped within ${config.shutdown.timeoutMs} ms, cut off\n`)
        process.exit(1)
      }, config.shutdown.timeoutMs).unref()
    }
    stopping.addEventListener('abort', cutOff, { once: true })
    await runService(config, stopping)
  } catch (error) {
    const { message, code } = explain(error)
    process.stderr.write(`ac-service: ${message}\n`)
    process.exitCode = code
  }
  // Nothing that still holds the event loop may hold the process: everything that matters is closed.
  process.exit()
}

/** Aborted by the first SIGTERM or SIGINT; a second one changes nothing. */
function stopSignal(): AbortSignal {
  const controller = new AbortController()
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => controller.abort())
  return controller.signal
}

function explain(error: unknown): { readonly message: string; readonly code: number } {
  if (error instanceof InvalidEnvironment) return { message: error.message, code: error.exitCode }
  if (error instanceof SealedKeyRejected)
    return { message: `${SEALED_KEY_FAULTS[error.fault]}; nothing was changed`, code: EX_CONFIG }
  const { code, message, stack } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE') return { message: `the port is in use (${message})`, code: 1 }
  if (code === 'EACCES') return { message: `the port may not be opened (${message})`, code: 1 }
  return { message: stack ?? String(error), code: 1 }
}

const SEALED_KEY_FAULTS: Readonly<Record<SealedKeyRejected['fault'], string>> = {
  unknown_master_key:
    'neither AC_MASTER_KEY nor AC_MASTER_KEYS_PREVIOUS is the key that sealed the signing keys in the database',
  altered: 'a sealed signing key in the database was altered',
  malformed: 'a sealed signing key in the database is malformed',
  not_the_named_key: 'a sealed signing key in the database is not the key that its row names',
}
