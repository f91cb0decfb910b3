import { readFileSync } from 'node:fs'
import test from 'ava'
import { inProject } from '../support/project.js'
import { cyclesOf, graphOf } from './cycles.js'
import { fileGraph, folderGraph, forbidden, loadedTooEarly } from './import-rules.js'
import { type Import, importsOf, LIBRARY, parseSource, sourcesOf } from './source.js'

const imports = sourcesOf(...LIBRARY).flatMap(importsOf)
const none: string[] = []

test('imports point down: engine layers, then gelly and ml, then notebooks', t => {
  t.deepEqual(
    imports.map(forbidden).filter(why => why !== undefined),
    none,
  )
})

test('no file imports itself by a detour', t => {
  t.deepEqual(
    cyclesOf(fileGraph(imports)).map(cycle => cycle.join(' → ')),
    none,
  )
})

test('no folder imports itself by a detour', t => {
  t.deepEqual(
    cyclesOf(folderGraph(imports)).map(cycle => cycle.join(' → ')),
    none,
  )
})

for (const door of ['engine/index.ts', 'engine/extend.ts', 'gelly/index.ts', 'ml/index.ts']) {
  test(`${door} loads without Node's modules and heavy packages`, t => {
    t.deepEqual(loadedTooEarly(imports, door), none)
  })
}

const manifest = JSON.parse(readFileSync(inProject('package.json'), 'utf8')) as {
  dependencies: Record<string, string>
  browser: Record<string, false>
}

test('every package that the library imports is a dependency', t => {
  const strangers = imports.filter(({ to, kind }) => {
    const name = /^(@[^/]+\/)?[^/]+/.exec(to)![0]
    return kind !== 'type' && !/\.ts$|^node:/.test(to) && !(name in manifest.dependencies)
  })
  t.deepEqual(
    strangers.map(({ from, line, to }) => `${from}:${line} imports ${to}`),
    none,
  )
})

test('every module of Node that the library imports is left out for browsers', t => {
  const node = imports.filter(({ to, kind }) => kind !== 'type' && to.startsWith('node:'))
  const missing = node.filter(({ to }) => manifest.browser[to] !== false)
  t.deepEqual(
    missing.map(({ from, line, to }) => `${from}:${line}: "browser" of package.json lacks ${to}`),
    none,
  )
})

const importing = (from: string, to: string, kind: Import['kind'] = 'static'): Import => ({
  from,
  to,
  kind,
  line: 1,
})

test('the rules catch what they are for', t => {
  const bad: [string, string][] = [
    ['engine/types/column.ts', 'engine/plan/node.ts'],
    ['engine/api/data-set.ts', 'engine/index.ts'],
    ['engine/errors.ts', 'engine/types/column.ts'],
    ['engine/misc/thing.ts', 'engine/errors.ts'],
    ['engine/api/data-set.ts', 'gelly/index.ts'],
    ['gelly/graph.ts', 'engine/types/column.ts'],
    ['ml/pipeline.ts', 'gelly/index.ts'],
    ['gelly/graph.ts', 'notebooks/index.ts'],
    ['notebooks/tour.ts', 'engine/errors.ts'],
    ['engine/index.ts', 'test/support/random.ts'],
  ]
  for (const [from, to] of bad) t.is(typeof forbidden(importing(from, to)), 'string', from)
  const good: [string, string][] = [
    ['engine/plan/node.ts', 'engine/types/column.ts'],
    ['engine/plan/node.ts', 'engine/plan/key.ts'],
    ['gelly/graph.ts', 'engine/extend.ts'],
    ['notebooks/tour.ts', 'ml/index.ts'],
    ['ml/pipeline.ts', 'ml/estimator.ts'],
    ['engine/io/file.ts', 'node:fs'],
  ]
  for (const [from, to] of good) t.is(forbidden(importing(from, to)), undefined)
})

test('cycles are found, the shortest through each node', t => {
  t.deepEqual(
    cyclesOf(
      graphOf([
        ['a', 'b'],
        ['b', 'c'],
        ['a', 'c'],
      ]),
    ),
    [],
  )
  t.deepEqual(cyclesOf(graphOf([['a', 'a']])), [['a', 'a']])
  const graph = graphOf([
    ['a', 'b'],
    ['b', 'c'],
    ['c', 'a'],
    ['c', 'b'],
    ['d', 'a'],
  ])
  t.deepEqual(cyclesOf(graph), [['a', 'b', 'c', 'a']])
})

test('a folder and the file beside it are no cycle, two folders that use each other are', t => {
  const beside = [importing('a/x.ts', 'a/b/y.ts'), importing('a/b/y.ts', 'a/z.ts')]
  t.deepEqual(cyclesOf(folderGraph(beside)), [])
  const each = [importing('a/b/y.ts', 'a/c/d/z.ts', 'type'), importing('a/c/w.ts', 'a/b/y.ts')]
  t.deepEqual(cyclesOf(folderGraph(each)), [['a/b', 'a/c', 'a/b']])
  t.deepEqual(cyclesOf(fileGraph(each)), [])
})

test('a module of Node behind three files is found, behind a dynamic import it is fine', t => {
  const chain = [importing('a.ts', 'b.ts'), importing('b.ts', 'node:fs')]
  t.deepEqual(loadedTooEarly(chain, 'a.ts'), ['a.ts → b.ts → node:fs'])
  t.deepEqual(loadedTooEarly([importing('a.ts', 'b.ts', 'dynamic'), chain[1]!], 'a.ts'), [])
})

test('imports of every form are seen', t => {
  const text = `
import a from './a.js'
import type { B } from '../b.js'
import { type C } from 'wiesel/ml'
export { d } from './d.js'
type E = import('./e.js').E
const f = () => import('node:fs')`
  t.deepEqual(
    importsOf(parseSource('gelly/x.ts', text)).map(({ to, kind, line }) => [to, kind, line]),
    [
      ['gelly/a.ts', 'static', 2],
      ['b.ts', 'type', 3],
      ['ml/index.ts', 'static', 4],
      ['gelly/d.ts', 'static', 5],
      ['gelly/e.ts', 'type', 6],
      ['node:fs', 'dynamic', 7],
    ],
  )
})
