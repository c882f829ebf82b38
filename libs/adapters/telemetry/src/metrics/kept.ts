type Labels = Readonly<Record<string, string>>

/**
 * Keeps what `make` makes for each set of labels, and gives the same again. A path of maps, one for each label: finding
 * something again builds no string, as one key of all labels would be.
 * @param names of all labels
 */
export function kept<Made extends object>(
  names: readonly string[],
  make: (labels: Labels) => Made,
): (labels: Labels) => Made {
  const root = new Branch<Made>()
  return (labels) => {
    let branch = root
    for (const name of names) branch = branch.at(labels[name] ?? '')
    return (branch.made ??= make(labels))
  }
}

class Branch<Made> {
  made: Made | undefined
  readonly #branches = new Map<string, Branch<Made>>()

  at(value: string): Branch<Made> {
    const known = this.#branches.get(value)
    if (known) return known
    const branch = new Branch<Made>()
    this.#branches.set(value, branch)
    return branch
  }
}
