import type { FastifyInstance } from 'fastify'

/** Knows which methods each path takes, so that a wrong method is told from a wrong path (RFC 9110 section 15.5.6). */
export class RouteTable {
  readonly #routes = new Map<string, Set<string>>()

  /** Notes every route that `server` is given from now on. */
  watch(server: FastifyInstance): void {
    server.addHook('onRoute', ({ url, method }) => {
      const methods = this.#routes.get(url) ?? new Set()
      for (const each of [method].flat()) methods.add(each)
      this.#routes.set(url, methods)
    })
  }

  /** The methods of the path in `target`, as `Allow` lists them; empty when there is no such path. */
  methodsOf(target: string): string {
    // A proxy may send the absolute form (RFC 9112 section 3.2.2).
    const path = target.replace(/^https?:\/\/[^/?]*/i, '').split('?', 1)[0] ?? ''
    for (const [pattern, methods] of this.#routes) {
      if (matches(pattern, path)) return [...methods].toSorted().join(', ')
    }
    return ''
  }
}

/** Compares segment by segment; one that begins with a colon in the pattern stands for any that is not empty. */
function matches(pattern: string, path: string): boolean {
  const wanted = pattern.split('/')
  const given = path.split('/')
  if (wanted.length !== given.length) return false
  return wanted.every((segment, index) => (segment.startsWith(':') ? given[index] !== '' : segment === given[index]))
}
