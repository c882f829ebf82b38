import type { SyntaxNode } from '@lezer/common'
import { parser } from '@prometheus-io/lezer-promql'

/** One selector of an expression, such as `up{job="ac-service"}`. */
export interface Selector {
  readonly metric: string
  readonly matchers: readonly Matcher[]
}

/** One condition on a label. */
export interface Matcher {
  readonly label: string
  readonly operator: string
  readonly value: string
}

/** What an expression reads. */
export interface Expression {
  readonly selectors: readonly Selector[]
  /** Labels that it groups or joins by. */
  readonly labels: readonly string[]
}

/** The text of a PromQL expression cannot be parsed. */
export class NotPromql extends Error {
  override readonly name = 'NotPromql'
}

/**
 * Reads what a PromQL expression reads, by the grammar of Prometheus' own editor.
 * @param text without variables of Grafana
 * @throws {NotPromql}
 */
export function readExpression(text: string): Expression {
  const selectors: Selector[] = []
  const labels: string[] = []
  parser.parse(text).iterate({
    enter: ({ type, node, from }) => {
      if (type.isError) throw new NotPromql(`not PromQL at ${from}: ${text}`)
      if (type.name === 'VectorSelector') selectors.push(readSelector(node, text))
      if (type.name === 'GroupingLabels')
        labels.push(...node.getChildren('LabelName').map((name) => textOf(name, text)))
    },
  })
  return { selectors, labels }
}

function readSelector(node: SyntaxNode, text: string): Selector {
  const metric = node.getChild('Identifier')
  const matchers = node.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? []
  return {
    metric: metric === null ? '' : textOf(metric, text),
    matchers: matchers.map((matcher) => ({
      label: part(matcher, 'LabelName', text),
      operator: part(matcher, 'MatchOp', text),
      value: part(matcher, 'StringLiteral', text).slice(1, -1),
    })),
  }
}

const part = (node: SyntaxNode, name: string, text: string): string => {
  const child = node.getChild(name)
  return child === null ? '' : textOf(child, text)
}

const textOf = ({ from, to }: SyntaxNode, text: string): string => text.slice(from, to)
