/** Freezes plain objects and arrays all the way down and returns what it was given. Other objects stay as they are. */
export function deepFreeze<T>(value: T): T {
  if (!isPlain(value)) return value
  for (const inner of Object.values(value)) deepFreeze(inner)
  return Object.freeze(value)
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype
}
