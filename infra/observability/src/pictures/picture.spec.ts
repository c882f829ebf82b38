import { describe, expect, it } from '@jest/globals'
import type { DashboardPlan, Question } from '../dashboards/question.ts'
import type { Answer, NamedSeries } from './answer.ts'
import { picture } from './picture.ts'

const PERIOD = { from: 1000, to: 1010, points: 2 }

const question = (others: Partial<Question>): Question => ({
  title: 'Is it <well>?',
  advice: 'Yes.',
  shape: 'lines',
  unit: 'short',
  queries: [],
  ...others,
})
const series = (name: string, ...values: readonly number[]): NamedSeries => ({
  name,
  points: values.map((value, index) => [1000 + index * 5, value]),
})

function draw(asked: Partial<Question>, ...answers: readonly NamedSeries[]): string {
  const answer: Answer = { question: question(asked), series: answers }
  const rows = [{ title: 'A row', questions: [answer.question] }]
  const plan: DashboardPlan = { uid: 'x', title: 'A & B', description: '', from: 'now-1h', rows }
  return picture(plan, [answer], PERIOD, 'ten seconds')
}

const texts = (svg: string): readonly string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text ?? '')
const pointsOf = (svg: string, shape: string): readonly (readonly number[])[] =>
  [...svg.matchAll(RegExp(`<${shape}[^>]* points="([^"]*)"`, 'g'))].map(([, points = '']) =>
    points.split(' ').map((point) => Number(point.split(',')[1])),
  )

describe('a picture', () => {
  it('names the dashboard, what was looked at, the row and the question, as text that SVG can hold', () => {
    const svg = draw({}, series('a', 1, 2, 3))
    expect(texts(svg)).toEqual(
      expect.arrayContaining(['A &amp; B', 'ten seconds', 'A row', 'Is it &lt;well&gt;?', 'a 3']),
    )
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" viewBox="0 0 1224 \d+" /)
  })

  it('draws higher values higher', () => {
    const [[first = 0, second = 0, third = 0] = []] = pointsOf(draw({}, series('a', 1, 2, 4)), 'polyline')
    expect(second).toBeLessThan(first)
    expect(third).toBeLessThan(second)
  })

  it('stacks areas, and adds nothing where one of them has no value', () => {
    const gap = { name: 'b', points: [[1000, 1] as const, [1010, 1] as const] }
    const [upper = [], lower = []] = pointsOf(draw({ shape: 'areas' }, series('a', 1, 1, 1), gap), 'polygon')
    expect(upper[1]).toBe(lower[1])
    expect(upper[0]).toBeLessThan(lower[0] ?? 0)
  })

  it('dashes a limit that is near, and tells one that is far away', () => {
    const near = draw({ limits: { bad: 'above', critical: 4 } }, series('a', 3))
    expect(near).toContain('stroke-dasharray')
    const far = draw({ limits: { bad: 'above', warning: 40, critical: 50 } }, series('a', 3))
    expect(far).not.toContain('stroke-dasharray')
    expect(texts(far)).toContain('limit 40 and 50 ↑')
  })

  it.each([
    ['#1a7f37', 3],
    ['#bc4c00', 4],
    ['#cf222e', 9],
  ])('has the colour %s for the figure %d', (colour, value) => {
    const svg = draw({ shape: 'figures', limits: { bad: 'above', warning: 4, critical: 5 } }, series('a', value))
    expect(svg).toContain(`fill="${colour}">${value}<`)
  })

  it('has the colour of a warning for a figure that is too low', () => {
    const limits = { bad: 'below', warning: 0.5, critical: 0.1 } as const
    const svg = draw({ shape: 'figures', limits }, series('a', 0.3), series('b', 0.05))
    expect(svg).toContain('fill="#bc4c00">0.3<')
    expect(svg).toContain('fill="#cf222e">0.05<')
  })

  it('says where nothing came', () => {
    expect(texts(draw({}))).toContain('no data')
  })
})
