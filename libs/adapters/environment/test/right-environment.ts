/** The least environment that the service starts with. The secrets are made up, and each is easy to find in a text. */
export const rightEnvironment = (): Record<string, string> => ({
  DATABASE_URL: 'postgresql://ac:passw0rd-in-url@db.example/ac',
  AC_MASTER_KEY: base64('m'.repeat(32)),
  AC_HASH_SECRET: base64('h'.repeat(32)),
  AC_ISSUER: 'https://ac.example',
})

/** Writes `text` as the environment carries bytes. */
export const base64 = (text: string): string => Buffer.from(text).toString('base64')
