/** What steers a terminal or hides from the eye: control and format characters, line separators, lone surrogates. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu

/** `text` with everything that does not print written as `\u{1b}`, so that no stored name can paint the terminal. */
export const visible = (text: string): string =>
  text.replace(UNSEEN, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`)
