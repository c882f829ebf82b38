import type { TestServer } from '../test-server/test-server.ts'

/** The variable that hands the server's URL from Jest's main process to the specs. */
export const SERVER_URL_VARIABLE = 'AC_TEST_SERVER_URL'

/** What the set-up started and the tear-down stops; both run in Jest's main process. */
export const runningServer: { current?: TestServer } = {}
