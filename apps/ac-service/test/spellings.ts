/** Every text that bytes are commonly written as, and that a search for a leak of them must know. */
export function spellings(bytes: Uint8Array): readonly string[] {
  const buffer = Buffer.from(bytes)
  const hex = buffer.toString('hex')
  return [
    buffer.toString('latin1'),
    hex,
    hex.toUpperCase(),
    ...base64Within(buffer),
    ...base64Within(buffer).map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
    [...buffer].join(','),
  ]
}

/** The characters that only `bytes` decide when more bytes stand before and after them, for each place to begin. */
function base64Within(bytes: Buffer): readonly string[] {
  return [0, 1, 2].map((before) => {
    const bits = { first: before * 8, end: (before + bytes.length) * 8 }
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64')
    return text.slice(Math.ceil(bits.first / 6), Math.floor(bits.end / 6))
  })
}

/** Which of the named bytes `text` holds, in any spelling; what it holds as a `bytea` in hex is read as text, too. */
export function found(text: string, named: Readonly<Record<string, Uint8Array>>): readonly string[] {
  const inside = Array.from(text.matchAll(/\\x((?:[0-9a-f]{2})+)/g), ([, hex = '']) =>
    Buffer.from(hex, 'hex').toString('latin1'),
  )
  const utf8 = Buffer.from(text).toString('latin1')
  const places = [text, utf8, ...inside]
  const isFound = (bytes: Uint8Array): boolean =>
    spellings(bytes).some((spelling) => places.some((place) => place.includes(spelling)))
  return Object.keys(named).filter((name) => named[name] && isFound(named[name]))
}
