import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'ava'
import { inProject } from '../support/project.js'
import { sameAnswer } from './answer.js'
import { mustAgree, single } from './benchmark.js'
import type { Measured } from './measure.js'
import { aligned, figures, HEADINGS, median } from './report.js'
import { replaced } from './results.js'
import { MissingRival } from './rivals/rival.js'
import { suite } from './suite.js'

for (const benchmark of suite) {
  test(`contenders agree about a little data: ${benchmark.name}`, async t => {
    const folder = mkdtempSync(join(tmpdir(), 'wiesel-bench-'))
    t.teardown(() => rmSync(folder, { recursive: true }))
    const setting = { records: 3000, folder }
    benchmark.input?.(setting)
    const found = new Map(await Promise.all(Object.entries(benchmark.contenders).map(tasksOf)))
    for (const part of benchmark.parts ?? ['']) {
      const answers = new Map()
      for (const [name, tasks] of found) {
        if (tasks === undefined) continue
        t.true((await tasks[part]!.time()) > 0)
        answers.set(name, await tasks[part]!.answer())
      }
      t.notThrows(() => mustAgree(answers, `${benchmark.name} ${part}`, benchmark))
    }

    /** Rivals are not installed with the project. */
    async function tasksOf([name, contender]: [string, (typeof benchmark.contenders)[string]]) {
      try {
        return [name, await contender(setting)] as const
      } catch (error) {
        if (error instanceof MissingRival) return [name, undefined] as const
        throw error
      }
    }
  })
}

test('the document has a place for the figures of each benchmark', t => {
  const text = readFileSync(inProject('test', 'bench', 'RESULTS.md'), 'utf8')
  for (const { name } of suite) t.true(replaced(text, name, 'here').includes('\n\nhere\n\n'))
  t.throws(() => replaced(text, 'nothing', ''), { message: /no <!-- nothing -->/ })
})

test('answers differ by values and lengths, not by how sums were rounded', t => {
  t.is(sameAnswer({ sum: 1e9, only: 1 }, { sum: 1e9 + 1e-3 }), undefined)
  t.regex(sameAnswer({ sum: 1 }, { sum: 1.001 }) ?? '', /^sum, row 0: \[1\] and \[1.001\]/)
  t.regex(sameAnswer({ top: [['a', 1]] }, { top: [] }) ?? '', /^top: 1 rows and 0/)
  t.regex(sameAnswer({ a: 1 }, { b: 1 }) ?? '', /no facet in common/)
  t.is(sameAnswer({ x: Number.NaN }, { x: Number.NaN }), undefined)
  const answers = new Map([
    ['left', { sum: 1 }],
    ['right', { sum: 2 }],
  ])
  const wrong = { message: /^here: left and right disagree about/ }
  t.throws(() => mustAgree(answers, 'here'), wrong)
  t.throws(() => mustAgree(answers, 'here', { atLeast: { sum: 0.5 } }), wrong)
  t.notThrows(() => mustAgree(answers, 'here', { atLeast: { sum: 1 } }))
  t.notThrows(() => mustAgree(answers, 'here', { atMost: { sum: 0 } }))
  const reversed = new Map([...answers].reverse())
  t.throws(() => mustAgree(reversed, 'here', { atMost: { sum: 0.9 } }))
  t.notThrows(() => mustAgree(reversed, 'here', { atMost: { sum: 1 } }))
})

test('ratios are taken pair by pair', t => {
  const contender = (name: string, ...times: number[]) => ({
    name,
    times: { '': times },
    peakMiB: 100,
    notes: [],
  })
  const contenders = {
    us: () => single(Number, () => ({})),
    them: () => single(Number, () => ({})),
  }
  const benchmark = { name: 'x', question: '', records: 1000, contenders, goals: { them: 1 } }
  const measured: Measured = {
    benchmark,
    records: 1000,
    bytes: 0,
    contenders: [contender('us', 10, 40, 30), contender('them', 20, 20, 20)],
  }
  const [us, them] = figures(measured)
  t.deepEqual(us, ['us', '30.0 ms', '10.0 ms', '30.0 µs/record', '', '', '100 MiB'])
  t.deepEqual(them!.slice(4, 6), ['1.50 (0.50–2.00)', '≤ 1.00 NO'])
  t.is(aligned([HEADINGS, us!, them!]).split('\n').length, 3)
  const steps = figures({
    ...measured,
    benchmark: { ...benchmark, unit: 'step', limits: { us: 100, them: 3e6 } },
    contenders: measured.contenders.map(contender => ({ ...contender, work: { '': 10 } })),
  })
  t.deepEqual(steps[0]!.slice(3, 6), ['3000.0 µs/step', '', '≤ 100.0 ns NO'])
  t.deepEqual(steps[1]!.slice(3, 6), [
    '2000.0 µs/step',
    '1.50 (0.50–2.00)',
    '≤ 1.00 NO, ≤ 3000.0 µs yes',
  ])
  t.is(median([4, 1, 2, 3]), 2.5)
})
