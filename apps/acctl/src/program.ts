import { Command } from 'commander'
import { listEvents } from './commands/audit/list.ts'
import { verifyTrail } from './commands/audit/verify.ts'
import { createClient } from './commands/clients/create.ts'
import { deleteClient } from './commands/clients/delete.ts'
import { listClients } from './commands/clients/list.ts'
import { revokeSecret } from './commands/clients/revoke-secret.ts'
import { revokeClientTokens } from './commands/clients/revoke-tokens.ts'
import { rotateSecret } from './commands/clients/rotate-secret.ts'
import { showClient } from './commands/clients/show.ts'
import { disableClient, enableClient } from './commands/clients/switch.ts'
import type { CommandDeps } from './commands/command-deps.ts'
import { examples } from './commands/examples.ts'
import { listKeys } from './commands/keys/list.ts'
import { revokeKey } from './commands/keys/revoke.ts'
import { rewrapKeys } from './commands/keys/rewrap.ts'
import { rotateKeys } from './commands/keys/rotate.ts'
import { migrate } from './commands/migrate.ts'
import { revokeAllTokens } from './commands/tokens/revoke-all.ts'
import { confirmBy, type Ask } from './confirmation/confirm.ts'

/** What the program needs besides the needs of its commands. */
export interface ProgramDeps extends Omit<CommandDeps, 'confirm'> {
  readonly version: string
  /** Asks the person at the terminal; `undefined` where there is none. */
  readonly ask: Ask | undefined
  /** Takes the help that is shown when a command is missing. */
  readonly writeErr: (text: string) => void
}

const HELP_WIDTH = 100

/** The whole command line. Parsing throws commander's errors instead of ending the process or printing them. */
export function createProgram({ version, ask, writeErr, ...needs }: ProgramDeps): Command {
  const program = new Command('acctl')
  const deps = { ...needs, confirm: confirmBy(() => program.opts<{ readonly yes?: true }>().yes === true, ask) }
  program
    .description("Operates ac-service: works on its database directly, with the service's own environment.")
    .version(version)
    .option('--json', 'print JSON, errors on standard error included')
    .option('--yes', 'do not ask before what cannot be undone')
    .addCommand(migrate(deps))
    .addCommand(clients(deps))
    .addCommand(keys(deps))
    .addCommand(tokens(deps))
    .addCommand(audit(deps))
    .addHelpText('after', examples('acctl migrate', 'acctl clients list --json', 'acctl help clients create'))
    .addHelpText('after', EXIT_CODES)
    .configureHelp({ showGlobalOptions: true, helpWidth: HELP_WIDTH })
    .configureOutput({ writeErr, outputError: () => {} })
    .exitOverride()
  inherit(program)
  return program
}

const clients = (deps: CommandDeps): Command =>
  new Command('clients')
    .description('the services that may fetch tokens')
    .addCommand(createClient(deps))
    .addCommand(listClients(deps))
    .addCommand(showClient(deps))
    .addCommand(disableClient(deps))
    .addCommand(enableClient(deps))
    .addCommand(rotateSecret(deps))
    .addCommand(revokeSecret(deps))
    .addCommand(revokeClientTokens(deps))
    .addCommand(deleteClient(deps))
    .addHelpText('after', examples("acctl clients create --name gc --scope 'gc.read gc.write'", 'acctl clients list'))

const keys = (deps: CommandDeps): Command =>
  new Command('keys')
    .description('the keys that sign tokens')
    .addCommand(listKeys(deps))
    .addCommand(rotateKeys(deps))
    .addCommand(revokeKey(deps))
    .addCommand(rewrapKeys(deps))
    .addHelpText('after', examples('acctl keys list', 'acctl keys rotate'))

const tokens = (deps: CommandDeps): Command =>
  new Command('tokens')
    .description('the tokens that are out there')
    .addCommand(revokeAllTokens(deps))
    .addHelpText('after', examples('acctl tokens revoke-all', 'acctl clients revoke-tokens "$ID"'))

const audit = (deps: CommandDeps): Command =>
  new Command('audit')
    .description('the trail of what happened')
    .addCommand(listEvents(deps))
    .addCommand(verifyTrail(deps))
    .addHelpText('after', examples('acctl audit list --limit 20', 'acctl audit verify'))

const EXIT_CODES = `
Exit codes: 0 done, 1 refused, 2 wrong usage, 78 wrong environment.`

/** Commands that are made apart from their parent do not have its settings by themselves. */
function inherit(parent: Command): void {
  for (const command of parent.commands) {
    command.copyInheritedSettings(parent)
    inherit(command)
  }
}
