import { fileURLToPath } from 'node:url'

/** The root of the workspace, ending in a slash. */
export const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
