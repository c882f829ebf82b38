import { representRotation } from '@ac/key-rotation'
import { NO_ORIGIN } from '@ac/kernel'
import { Command } from 'commander'
import type { CommandDeps } from '../command-deps.ts'
import { examples } from '../examples.ts'

/** `acctl keys rotate`: the same act, under the same limits, as the service's endpoint. */
export const rotateKeys = ({ workbench, tell }: CommandDeps): Command =>
  new Command('rotate')
    .description('have the next key sign and another one wait; the old one stays valid for the overlap')
    .option('--force', 'in an emergency: AC_KEY_FORCE_ROTATION_MIN_INTERVAL_SECONDS counts, not the scheduled interval')
    .addHelpText('after', examples('acctl keys rotate', 'acctl keys rotate --force --json'))
    .action(async ({ force }: { readonly force?: true }) => {
      const rotation = await workbench.keyRotator().rotate({ forced: force === true, actor: 'acctl' }, NO_ORIGIN)
      const { newKeyId, oldKeyId, oldKeyValidUntil } = rotation
      const old = oldKeyId ? `${oldKeyId} stays valid until ${oldKeyValidUntil?.toISOString()}\n` : ''
      await tell({ json: representRotation(rotation), text: `${newKeyId} signs from now on\n${old}` })
    })
