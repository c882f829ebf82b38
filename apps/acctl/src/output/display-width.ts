/** Blocks whose characters take two columns (Unicode TR 11, W and F): Hangul, CJK, kana, fullwidth forms. */
const WIDE =
  /^(?:[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{20000}-\u{3fffd}]|\p{Emoji_Presentation})/u
const ASCII = /^[\x20-\x7e]*$/
const segmenter = new Intl.Segmenter('en')

const graphemes = (text: string): readonly string[] =>
  ASCII.test(text) ? text.split('') : Array.from(segmenter.segment(text), ({ segment }) => segment)

const widthOf = (grapheme: string): number => (WIDE.test(grapheme) || grapheme.includes('\ufe0f') ? 2 : 1)

/** How many columns `text` takes on a terminal. */
export const displayWidth = (text: string): number =>
  graphemes(text).reduce((width, grapheme) => width + widthOf(grapheme), 0)

/** `text`, or as much of its beginning as fits `columns` together with an ellipsis. */
export function clip(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text
  let clipped = ''
  let width = 1
  for (const grapheme of graphemes(text)) {
    width += widthOf(grapheme)
    if (width > columns) break
    clipped += grapheme
  }
  return `${clipped}…`
}
