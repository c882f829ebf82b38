// Loaded into a service before its program: in it, whoever calls argon2 ends the process with code 99.
import { registerHooks } from 'node:module'

const DEADLY = `
  const die = () => process.exit(99)
  export const argon2id = 2
  export { die as hash, die as verify }
  export default { argon2id, hash: die, verify: die }`

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'argon2'
      ? { url: `data:text/javascript,${encodeURIComponent(DEADLY)}`, format: 'module', shortCircuit: true }
      : next(specifier, context),
})
