import test from 'ava'
import { InputOutputError } from '../../../engine/index.js'
import { readMatrixMarket } from '../../../gelly/formats/read-matrix-market.js'
import { bytes, recordsOf, temporary } from './support.js'

const read = (text: string) => readMatrixMarket(bytes(text))
const edge = (source: number, target: number, value: number | null) => ({ source, target, value })

test('entries are edges, rows are vertices, also those without an entry', async t => {
  const graph = read(
    '%%MatrixMarket matrix coordinate real general\n% note\n\n4 4 2\n1 2 0.5\n3 3 -2\n',
  )
  const { vertices, edges } = await recordsOf(graph)
  t.deepEqual(
    vertices,
    [1, 2, 3, 4].map(id => ({ id, value: null })),
  )
  t.deepEqual(edges, [edge(1, 2, 0.5), edge(3, 3, -2)])
})

test('a pattern has no values', async t => {
  const graph = read('%%MatrixMarket matrix coordinate pattern general\n2 2 1\n2 1')
  t.deepEqual(await graph.edges.collect(), [edge(2, 1, null)])
  t.is((await graph.load()).edgeValues, null)
})

test('symmetric matrices give edges both ways, and the diagonal once', async t => {
  const graph = read('%%matrixmarket MATRIX coordinate integer symmetric\n2 2 2\n1 1 7\n2 1 3\n')
  t.deepEqual(await graph.edges.collect(), [edge(1, 1, 7), edge(2, 1, 3), edge(1, 2, 3)])
  const skew = read('%%MatrixMarket matrix coordinate real skew-symmetric\n2 2 1\n2 1 3\n')
  t.deepEqual(await skew.edges.collect(), [edge(2, 1, 3), edge(1, 2, -3)])
})

test('a matrix without rows is a graph without vertices', async t => {
  const graph = read('%%MatrixMarket matrix coordinate real general\n0 0 0\n')
  t.deepEqual(await recordsOf(graph), { vertices: [], edges: [] })
})

test('a file is read once, when it is first used', async t => {
  const path = await temporary(
    'a.mtx',
    '%%MatrixMarket matrix coordinate pattern general\n1 1 1\n1 1\n',
  )
  const graph = readMatrixMarket(path)
  t.is(await graph.load(), await graph.load())
  await t.throwsAsync(readMatrixMarket(`${path}x`).load(), {
    message: /does not exist. Did you mean/,
  })
})

const HEAD = '%%MatrixMarket matrix coordinate real general\n'
const wrong: readonly [string, string, RegExp][] = [
  ['without a header', '1 1 1\n', /line 1: the file must begin with "%%MatrixMarket/],
  [
    'in dense format',
    '%%MatrixMarket matrix array real general\n',
    /only matrices in coordinate format are graphs; got "matrix array"/,
  ],
  ['of complex numbers', '%%MatrixMarket matrix coordinate complex general\n', /got "complex"/],
  ['that is Hermitian', '%%MatrixMarket matrix coordinate real hermitian\n', /got "hermitian"/],
  [
    'that is not square',
    `${HEAD}2 3 0\n`,
    /line 2: the matrix must be square to be a graph; it is 2 by 3/,
  ],
  ['without a size', HEAD, /line 1: the file ends before the size/],
  ['with a row 0', `${HEAD}2 2 1\n0 1 1\n`, /line 3: rows and columns are 1 to 2; got \(0, 1\)/],
  ['with a column beyond', `${HEAD}2 2 1\n1 3 1\n`, /got \(1, 3\)/],
  ['with an entry too few', `${HEAD}2 2 2\n1 1 1\n`, /line 3: the file ends after 1 of 2 entries/],
  [
    'with an entry too many',
    `${HEAD}2 2 1\n1 1 1\n\n1 2 1\n`,
    /line 5: there are more entries than the 1 announced/,
  ],
  [
    'with a word for a number',
    `${HEAD}2 2 1\n1 1 one\n`,
    /line 3: the value must be a number; got "one"/,
  ],
  ['without a value', `${HEAD}2 2 1\n1 1\n`, /line 3: the value must be a number; got ""/],
  ['with a value too many', `${HEAD}2 2 1\n1 1 1 1\n`, /line 3: "1" is one field too many/],
]
for (const [title, text, message] of wrong) {
  test(`refuses a matrix ${title}`, async t => {
    await t.throwsAsync(read(text).load(), { instanceOf: InputOutputError, message })
  })
}
