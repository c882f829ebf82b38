import type { Log } from '@ac/kernel'

/** A command says what happened by its report or its failure, and nothing beside. */
export const SILENT_LOG: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
