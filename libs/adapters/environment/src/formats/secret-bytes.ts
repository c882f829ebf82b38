const PLACEHOLDER = '[secret]'

/** Bytes that must not be printed: template strings, JSON and `util.inspect` show `[secret]`. */
export class SecretBytes extends Uint8Array<ArrayBuffer> {
  /** The same bytes in memory of their own, apart from the pool that Node shares among its buffers. */
  static copyOf(bytes: Uint8Array): SecretBytes {
    const copy = new SecretBytes(new ArrayBuffer(bytes.length))
    copy.set(bytes)
    return copy
  }

  override toString(): string {
    return PLACEHOLDER
  }

  toJSON(): string {
    return PLACEHOLDER
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return PLACEHOLDER
  }
}
