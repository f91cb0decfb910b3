/** What stands last in a cell shows itself, and the same in every kernel. */
import test from 'ava'
import { executed, KERNELS, notebookOf, textOf, whyNot } from './kernels.js'

const CELLS = [
  `import { from, generateSequence } from 'wiesel'
import { Graph, pageRank } from 'wiesel/gelly'
import { environment, histogram, scatter, table, withProgress } from 'wiesel/notebooks'
console.log(environment())`,
  `histogram([1, 2, 2, 3], { title: 'Sizes' })`,
  `table([{ name: 'ä', size: 1 }, { name: '<b>', size: 2 }])`,
  `scatter([{ x: 1, y: 2, k: 'a' }, { x: 2, y: 3, k: 'b' }], { x: 'x', y: 'y', color: 'k' }).portable()`,
  `from([{ x: 1 }]).filter('x > 0')`,
  `const ring = Graph.fromEdges(from([{ s: 'a', t: 'b' }, { s: 'b', t: 'a' }]), { source: 's', target: 't' })
ring`,
  `const { iterations } = await withProgress(run => pageRank(ring, run), { title: 'Ranks' })
await withProgress(run => generateSequence(1, 100).map(n => ({ n })).count(run), { title: 'Count' })
iterations`,
]

/** HTML that cells show, without times and rates. */
const shown = KERNELS.map(async kernel => {
  if (whyNot(kernel) !== undefined) return []
  const { cells } = await executed(notebookOf(CELLS), kernel)
  return cells.map(({ outputs = [] }) =>
    outputs.map(({ data, text }) =>
      textOf(data?.['text/html'] ?? data?.['text/plain'] ?? text ?? '')
        .replace(/[\d.]+ s\b|[\d,.]+ rows\/s/g, '#')
        .trim(),
    ),
  )
})

for (const [at, kernel] of KERNELS.entries()) {
  const why = whyNot(kernel)
  const testHere = why === undefined ? test.serial : test.serial.skip
  testHere(
    `everything shows itself in ${kernel}${why === undefined ? '' : ` (${why})`}`,
    async t => {
      const cells = (await shown[at])!
      t.deepEqual(cells[0], [kernel])
      for (const outputs of cells.slice(1, 6)) t.regex(outputs[0]!, /^<(div|img)/)
      const [ranks, count, last] = cells[6]!
      t.regex(ranks!, /<b>Ranks<\/b> ✓ done, #/)
      t.regex(count!, /<b>Count<\/b> ✓ done, #.*100 rows/)
      t.is(last, '1')
    },
  )
}

const both = KERNELS.every(kernel => whyNot(kernel) === undefined)
;(both ? test : test.skip)('the same bytes come out of all kernels', async t => {
  const [deno, tslab] = await Promise.all(shown)
  const pictures = (cells: readonly (readonly string[])[]) =>
    cells.slice(1).map(outputs => outputs.filter(text => text.startsWith('<')))
  t.deepEqual(pictures(tslab!), pictures(deno!))
})
