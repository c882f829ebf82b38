import { fileURLToPath } from 'node:url'
import preset from './preset.mjs'

const counter = fileURLToPath(new URL('./count-reporter.mjs', import.meta.url))

/**
 * The preset for the specs named `.<name>.spec.ts`, which need more than npm brings: Debian's packages (`infra`) or the
 * container image (`image`).
 * @param {'infra' | 'image'} name
 */
export const suite = (name) => ({
  ...preset,
  testMatch: [`<rootDir>/{src,test}/**/*.${name}.spec.ts`],
  testPathIgnorePatterns: ['/node_modules/'],
  reporters: ['default', [counter, { folder: name }]],
})
