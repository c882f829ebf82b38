const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** `text` as UTF-8 in base64url without padding (RFC 7515 section 2). Written out: domain code has no `Buffer`. */
export function base64url(text: string): string {
  const utf8 = unescaped(encodeURIComponent(text))
  let encoded = ''
  for (let at = 0; at < utf8.length; at += 3) {
    const [one = 0, two = 0, three = 0] = utf8.slice(at, at + 3)
    const group = (one << 16) | (two << 8) | three
    for (const shift of [18, 12, 6, 0]) encoded += ALPHABET.charAt((group >> shift) & 63)
  }
  return encoded.slice(0, Math.ceil((utf8.length * 4) / 3))
}

const unescaped = (escaped: string): readonly number[] =>
  Array.from(escaped.matchAll(/%([0-9A-F]{2})|./g), ([letter, hex]) =>
    hex === undefined ? letter.charCodeAt(0) : Number.parseInt(hex, 16),
  )
