/** How many characters must be inserted, deleted or replaced to make `one` into `other` (Levenshtein). */
export function editDistance(one: string, other: string): number {
  let above = Array.from({ length: other.length + 1 }, (_, column) => column)
  for (const [row, character] of one.split('').entries()) {
    const current = [row + 1]
    for (const [column, candidate] of other.split('').entries()) {
      const replaced = (above[column] ?? 0) + (character === candidate ? 0 : 1)
      current.push(Math.min(replaced, (above[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1))
    }
    above = current
  }
  return above.at(-1) ?? 0
}
