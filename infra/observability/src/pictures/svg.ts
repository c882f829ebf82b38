/** Text as it may stand in SVG. */
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

type Attributes = Readonly<Record<string, string | number>>

/** An element; numbers are rounded to a tenth of a pixel. @param children markup, already escaped */
export function element(name: string, attributes: Attributes, children = ''): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${attributeText(value)}"`)
  return children === '' ? `<${name}${written.join('')}/>` : `<${name}${written.join('')}>${children}</${name}>`
}

const attributeText = (value: string | number): string =>
  typeof value === 'number' ? String(round(value)) : escaped(value)

export const round = (value: number): number => Math.round(value * 10) / 10

/** A line of text. */
export const text = (x: number, y: number, content: string, attributes: Attributes = {}): string =>
  element('text', { x, y, ...attributes }, escaped(content))

/** A letter is about this wide, for each pixel of its height. */
const LETTER = 0.56

/** How wide a text is, about. */
export const widthOf = (content: string, size: number): number => content.length * size * LETTER

/** As much of a text as fits into `width`. */
export function fitted(content: string, width: number, size: number): string {
  const most = Math.floor(width / (size * LETTER))
  return content.length <= most ? content : `${content.slice(0, most - 1).trimEnd()}…`
}

/** A text in lines that fit into `width`, broken between words. */
export function wrapped(content: string, width: number, size: number): readonly string[] {
  const rows: string[] = []
  for (const word of content.split(' ')) {
    const row = rows.at(-1)
    if (row !== undefined && widthOf(`${row} ${word}`, size) <= width) rows[rows.length - 1] = `${row} ${word}`
    else rows.push(word)
  }
  return rows
}
