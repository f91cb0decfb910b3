/**
 * What figures cost: loading them, time and bytes of each, large layouts, a report.
 *
 *     npm run build && node dist/test/bench/notebooks.js            prints them
 *     npm run build && node dist/test/bench/notebooks.js --write    also puts them into RESULTS.md
 */
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { from } from '../../engine/index.js'
import { Graph } from '../../gelly/index.js'
import { drawGraph, report } from '../../notebooks/index.js'
import { ALL_ENTRIES } from '../notebooks/all-entries.js'
import { inProject } from '../support/project.js'
import { randomFrom } from '../support/random.js'
import { aligned, markdown, median } from './report.js'
import { machine, replaced } from './results.js'

const HEADINGS = ['what', 'ms', 'KB', 'goal']
const ROUNDS = 5

const rows: string[][] = []
const add = (what: string, ms: number, bytes?: number, goal = '') =>
  rows.push([
    what,
    ms < 10 ? ms.toFixed(1) : Math.round(ms).toString(),
    bytes === undefined ? '' : (bytes / 1000).toFixed(1),
    goal,
  ])

const loads = Array.from({ length: ROUNDS }, loadingTime)
add('load `wiesel/notebooks`, where `wiesel` is loaded', median(loads), undefined, '150 ms')

// The first of each is with code that has never run; later ones are as in a long notebook.
for (const { figure, data, draw } of ALL_ENTRIES) {
  if (data !== 'usual') continue
  const html = (await draw()).toHTML()
  const times: number[] = []
  for (let k = 0; k < ROUNDS; k++) {
    const began = performance.now()
    ;(await draw()).toHTML()
    times.push(performance.now() - began)
  }
  add(figure, median(times), html.length)
}

const large = await largeGraph(10_000, 30_000)
const began = performance.now()
const drawn = await drawGraph(large)
const html = drawn.toHTML()
add('drawGraph of 10,000 vertices and 30,000 edges', performance.now() - began, html.length, '5 s')
add('the same, stopped after 500 ms', await stoppedAfter(500))

const figures = await Promise.all(
  ALL_ENTRIES.filter(({ data }) => data === 'usual').map(async ({ draw }) => draw()),
)
const page = performance.now()
const whole = (await report({ title: 'All', sections: figures })).toHTML()
add(`report of ${figures.length} figures that are drawn`, performance.now() - page, whole.length)

// Rivals have no part in this.
const here = machine().split('; Node')[0]!
console.log(here)
console.log(aligned([HEADINGS, ...rows]))
if (process.argv.includes('--write')) {
  const file = inProject('test', 'bench', 'RESULTS.md')
  const today = new Date().toISOString().slice(0, 10)
  const content = `${markdown([HEADINGS, ...rows])}\n\n${here}; Node ${process.version}, ${today}.`
  writeFileSync(file, replaced(readFileSync(file, 'utf8'), 'notebooks', content))
}

/** In a process of its own: what loading takes beyond the engine. */
function loadingTime(): number {
  const door = (name: string) => pathToFileURL(inProject('dist', name, 'index.js')).href
  const program = `await import('${door('engine')}')
const began = performance.now()
await import('${door('notebooks')}')
console.log(performance.now() - began)`
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program])
  return Number(stdout)
}

/** Vertices that prefer those that many prefer. */
async function largeGraph(vertices: number, edges: number) {
  const random = randomFrom(1)
  const ends: number[] = [0]
  const pairs = Array.from({ length: edges }, (_, k) => {
    const source = k < vertices ? k : random.int(vertices)
    const target = random.pick(ends)
    ends.push(source, target)
    return { source, target }
  })
  const graph = Graph.fromEdges(from(pairs), { source: 'source', target: 'target' })
  await graph.load()
  return graph
}

/** How long a drawing goes on that is aborted after so many milliseconds. */
async function stoppedAfter(milliseconds: number): Promise<number> {
  const began = performance.now()
  await drawGraph(large, { signal: AbortSignal.timeout(milliseconds) }).catch(() => undefined)
  return performance.now() - began
}
