import { describe, expect, it } from '@jest/globals'
import { ruleFiles } from '../src/rules/rule-files.ts'
import { ruleTestFiles } from '../src/rules/rule-tests.ts'
import { runTool } from './run-tool.ts'

describe('promtool', () => {
  it.each(ruleFiles())('finds no fault in %s', async (file) => {
    expect(await runTool('promtool', 'check', 'rules', '--lint=all', '--lint-fatal', file)).toMatchObject({ code: 0 })
  })

  it.each(ruleTestFiles())('sees the alerts of %s fire, and only those', async (file) => {
    const { code, output } = await runTool('promtool', 'test', 'rules', file)
    expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining('SUCCESS') })
  })
})
