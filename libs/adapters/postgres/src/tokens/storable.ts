/** `id`, or an id that nobody has: no text of PostgreSQL holds a NUL, and a query with one fails. */
export const storable = (id: string): string => (id.includes('\0') ? '' : id)
