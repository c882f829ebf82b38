/** Aligns columns: the first one to the left, the others, which hold figures, to the right. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  const cells = (row: readonly string[]): readonly string[] =>
    widths.map((width, column) => (column === 0 ? (row[0] ?? '').padEnd(width) : (row[column] ?? '').padStart(width)))
  return rows.map((row) => cells(row).join('  ')).join('\n')
}
