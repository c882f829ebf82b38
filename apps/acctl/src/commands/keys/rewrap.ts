import { NO_ORIGIN } from '@ac/kernel'
import { Command } from 'commander'
import type { CommandDeps } from '../command-deps.ts'
import { examples } from '../examples.ts'

const HELP = `
Change the master key without downtime:
  1. restart every replica with the new key as AC_MASTER_KEY and the old one in
     AC_MASTER_KEYS_PREVIOUS
  2. run this with the same two variables; it may be repeated
  3. restart every replica without the old key`

/** `acctl keys rewrap`: every private key under the current master key. */
export const rewrapKeys = ({ workbench, tell }: CommandDeps): Command =>
  new Command('rewrap')
    .description('seal every private key anew under AC_MASTER_KEY')
    .addHelpText('after', HELP)
    .addHelpText('after', examples('acctl keys rewrap', 'acctl keys rewrap --json'))
    .action(async () => {
      const rewrapped = await workbench.keyRewrapper().rewrap('acctl', NO_ORIGIN)
      const lines = rewrapped.map((kid) => `sealed ${kid} anew\n`)
      const text = lines.join('') || 'every private key was sealed under AC_MASTER_KEY already\n'
      await tell({ json: { rewrapped }, text })
    })
