/** `DATABASE_URL`, or its combination with the TLS mode, is not acceptable. Never quotes the address. */
export class InvalidDatabaseUrl extends Error {
  override readonly name = 'InvalidDatabaseUrl'

  /** @param rule what would be right, beginning with a verb: `must name one host only` */
  constructor(readonly rule: string) {
    super(`DATABASE_URL ${rule}`)
  }
}
