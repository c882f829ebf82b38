/** The rules of the house that oxlint has no rule for, as its plugin. */
export default {
  meta: { name: 'house' },
  rules: {
    'no-enum': {
      /** @param {{ report(problem: { node: unknown, message: string }): void }} context */
      create: (context) => ({
        /** @param {unknown} node */
        TSEnumDeclaration: (node) => context.report({ node, message: 'Write a union of literals instead of an enum.' }),
      }),
    },
  },
}
