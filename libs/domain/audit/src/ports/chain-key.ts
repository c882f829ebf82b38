/** Seals the links of audit chains by a key that the database never holds. Two of one root agree. */
export interface ChainKey {
  /** Tells keys apart and nothing about them: 12 hexadecimal digits. */
  readonly id: string
  /** HMAC of `text` in UTF-8: 64 hexadecimal digits. */
  seal(text: string): string
}
