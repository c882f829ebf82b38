const FIRST_MS = 250
const LONGEST_MS = 5000

/**
 * The pause before attempt number `attempt` (from 1), in milliseconds: doubling up to 5 s, each time a random part of
 * it, so that replicas that lost the database together do not come back together.
 */
export function backOffMs(attempt: number, random: () => number = Math.random): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempt - 1))
  return Math.round(ceiling / 2 + (random() * ceiling) / 2)
}
