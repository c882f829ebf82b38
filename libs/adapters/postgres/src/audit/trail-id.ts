/** Asks which trail the database keeps: its id is part of every hash. */
export const SELECT_TRAIL_ID = 'select id from audit_trail'

/** The id that {@link SELECT_TRAIL_ID} found. */
export function trailIdOf(rows: readonly { readonly id: string }[]): string {
  const [row] = rows
  if (!row) throw new Error('the database has lost the id of its audit trail')
  return row.id
}
