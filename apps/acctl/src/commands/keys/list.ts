import { representSigningKey, type SigningKeyRepresentation } from '@ac/key-rotation'
import { Command } from 'commander'
import { table, type Row } from '../../output/table.ts'
import type { CommandDeps } from '../command-deps.ts'
import { examples } from '../examples.ts'

/** `acctl keys list`: every signing key that is or was. */
export const listKeys = ({ workbench, tell }: CommandDeps): Command =>
  new Command('list')
    .description('list signing keys, newest first; --json has the times to the millisecond')
    .addHelpText(
      'after',
      examples('acctl keys list', 'acctl keys list --json | jq \'.keys[] | select(.status == "active")\''),
    )
    .action(async () => {
      const { keys } = await workbench.signingKeys().read()
      const shown = keys.map(representSigningKey)
      await tell({ json: { keys: shown }, text: table(COLUMNS, shown.map(row)) })
    })

const COLUMNS = ['KID', 'STATUS', 'CREATED', 'ACTIVATED', 'RETIRES'].map((header) => ({ header }))

// A kid takes 43 columns: with the time of day, three dates would not fit beside it.
const row = ({ kid, status, created_at, activated_at, retires_at }: SigningKeyRepresentation): Row => [
  kid,
  status,
  ...[created_at, activated_at, retires_at].map((time) => time?.slice(0, 10)),
]
