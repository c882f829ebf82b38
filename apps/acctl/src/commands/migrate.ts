import { Command } from 'commander'
import type { CommandDeps } from './command-deps.ts'
import { examples } from './examples.ts'

const lines = (verb: string, names: readonly string[], none: string): string =>
  names.length === 0 ? `${none}\n` : names.map((name) => `${verb} ${name}\n`).join('')

/** `acctl migrate`: safe to run at any time, and from several places at once. */
export const migrate = ({ workbench, tell }: CommandDeps): Command =>
  new Command('migrate')
    .description('bring the database schema up to date')
    .option('--check', 'change nothing; exit 1 when migrations are pending')
    .addHelpText('after', examples('acctl migrate', 'acctl migrate --check || acctl migrate'))
    .action(async ({ check }: { readonly check?: true }) => {
      const schema = workbench.schema()
      if (check) {
        const pending = await schema.pending()
        const text = lines('pending', pending, 'the schema is up to date')
        return tell({ json: { pending }, text, exitCode: pending.length > 0 ? 1 : 0 })
      }
      const migrated = await schema.migrate()
      return tell({ json: { migrated }, text: lines('migrated', migrated, 'the schema was up to date already') })
    })
