/**
 * The benchmarks: wiesel beside its rivals, in one run on one machine.
 *
 *     npm run bench                       all of them
 *     npm run bench -- sort join          some of them
 *     npm run bench -- --scale 0.1        a tenth of the records
 *     npm run bench -- --runs 3           so many runs of each contender
 *     npm run bench -- --without arquero  leaves a rival out
 *     npm run bench -- --write            also puts the figures into RESULTS.md
 */
import { parseArgs } from 'node:util'
import { type Measured, measure } from './measure.js'
import { aligned, figures, HEADINGS, remarks } from './report.js'
import { machine, writeResults } from './results.js'
import { installRivals } from './rivals/install.js'
import { benchmarkNamed, suite } from './suite.js'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    scale: { type: 'string', default: '1' },
    runs: { type: 'string' },
    without: { type: 'string', multiple: true, default: [] },
    write: { type: 'boolean', default: false },
  },
})
const scale = Number(values.scale)
if (!(scale > 0)) throw new Error(`--scale must be a number above 0, not ${values.scale}.`)
const runs = values.runs === undefined ? {} : { runs: Number(values.runs) }
const chosen = positionals.length === 0 ? suite : positionals.map(benchmarkNamed)

installRivals()
console.log(machine())
const done: Measured[] = []
for (const benchmark of chosen) {
  const began = performance.now()
  try {
    const measured = await measure(benchmark, { scale, ...runs, without: values.without })
    done.push(measured)
    const seconds = Math.round((performance.now() - began) / 1000)
    const size = measured.records.toLocaleString('en-US')
    console.log(`\n${benchmark.name}: ${benchmark.question} (${size} records, ${seconds} s)\n`)
    console.log(aligned([HEADINGS, ...figures(measured)]))
    for (const remark of remarks(measured)) console.log(`  ${remark}`)
  } catch (error) {
    console.error(`\n${error instanceof Error ? error.message : error}`)
    process.exitCode = 1
  }
}
if (values.write) writeResults(done, scale)
