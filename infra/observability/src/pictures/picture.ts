import { grafanaDashboard } from '../dashboards/grafana-dashboard.ts'
import type { DashboardPlan } from '../dashboards/question.ts'
import type { Answer, Period } from './answer.ts'
import type { Box } from './box.ts'
import { figures } from './figures.ts'
import { lines } from './lines.ts'
import { BORDER, FAINT_INK, INK, PAPER } from './palette.ts'
import { element, text, wrapped } from './svg.ts'

/** Pixels of one step of Grafana's grid. */
const COLUMN = 50
const ROW = 28
const COLUMNS = 24
const MARGIN = 12
const HEAD = 56
const TITLE_SIZE = 12
const TITLE_ROW = 15

/**
 * A dashboard as SVG, each panel where Grafana places it.
 * @param answers to all of its questions
 * @param caption what was looked at
 */
export function picture(plan: DashboardPlan, answers: readonly Answer[], period: Period, caption: string): string {
  const answerTo = new Map(answers.map((answer) => [answer.question.title, answer]))
  const panels = (grafanaDashboard(plan).panels ?? []).map((panel) => {
    const { title = '', gridPos = { x: 0, y: 0, w: 0, h: 0 } } = panel
    const box = {
      x: MARGIN + gridPos.x * COLUMN,
      y: HEAD + gridPos.y * ROW,
      width: gridPos.w * COLUMN,
      height: gridPos.h * ROW,
    }
    const answer = answerTo.get(title)
    return { box, svg: answer === undefined ? heading(title, box) : framed(answer, box, period) }
  })
  const width = COLUMNS * COLUMN + 2 * MARGIN
  const height = Math.max(...panels.map(({ box }) => box.y + box.height)) + MARGIN
  const root = {
    xmlns: 'http://www.w3.org/2000/svg',
    viewBox: `0 0 ${width} ${height}`,
    'font-family': 'system-ui, sans-serif',
    'font-size': 11,
    role: 'img',
    'aria-label': plan.title,
  }
  const body = [
    element('rect', { width, height, fill: PAPER }),
    text(MARGIN + 4, 26, plan.title, { 'font-size': 18, 'font-weight': 600, fill: INK }),
    text(MARGIN + 4, 44, caption, { fill: FAINT_INK }),
    ...panels.map(({ svg }) => svg),
  ]
  return `${element('svg', root, `\n${body.join('\n')}\n`)}\n`
}

const heading = (title: string, { x, y, height }: Box): string =>
  text(x + 4, y + height - 8, title, { 'font-size': 14, 'font-weight': 600, fill: INK })

function framed(answer: Answer, { x, y, width, height }: Box, period: Period): string {
  const { title, shape } = answer.question
  const rows = wrapped(title, width - 28, TITLE_SIZE)
  const head = 14 + rows.length * TITLE_ROW
  const frame = { x: x + 4, y: y + 4, width: width - 8, height: height - 8, rx: 4, fill: 'none', stroke: BORDER }
  const inner = { x: x + 4, y: y + head, width: width - 8, height: height - head - 6 }
  const style = { 'font-size': TITLE_SIZE, 'font-weight': 600, fill: INK }
  return element(
    'g',
    {},
    [
      element('rect', frame),
      ...rows.map((row, index) => text(x + 14, y + 21 + index * TITLE_ROW, row, style)),
      answer.series.length === 0
        ? text(x + width / 2, y + height / 2, 'no data', { 'text-anchor': 'middle', fill: FAINT_INK })
        : shape === 'figures'
          ? figures(answer, inner)
          : lines(answer, inner, period),
    ].join(''),
  )
}
