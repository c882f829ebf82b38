/** What `JSON.stringify` leaves as it is inside strings although a terminal obeys it, such as U+009B, or hides it. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

/** `value` as JSON of which every character prints: what does not is escaped, and reads back the same. */
export const jsonText = (value: object, indent = 0): string =>
  JSON.stringify(value, undefined, indent).replace(UNSEEN, (character) =>
    character === '\n' ? character : character.split('').map(escaped).join(''),
  )

const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
