import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'ava'
import fc from 'fast-check'
import { Matrix } from 'ml-matrix'
import {
  ArgumentError,
  from,
  InputOutputError,
  SchemaError,
  SparseVector,
} from '../../../engine/index.js'
import { fromMatrix, readLibSvm, toMatrix, writeLibSvm } from '../../../ml/index.js'

const bytes = (text: string) => new TextEncoder().encode(text)
const folder = mkdtempSync(join(tmpdir(), 'wiesel-formats-'))
test.after.always(() => rmSync(folder, { recursive: true }))

test('lines are read with labels, places from 1, comments, empty lines and any line ends', async t => {
  const text = '# head\n+1 1:0.5  3:2 # é\r\n\n-1.5\t2:-1e3\n0\n'
  t.deepEqual(await readLibSvm(bytes(text)).collect(), [
    { label: 1, features: new SparseVector(3, [0, 2], [0.5, 2]) },
    { label: -1.5, features: new SparseVector(3, [1], [-1000]) },
    { label: 0, features: new SparseVector(3, [], []) },
  ])
  const [first] = await readLibSvm(bytes('2 0:7'), { size: 9, zeroBased: true }).collect()
  t.deepEqual(first, { label: 2, features: new SparseVector(9, [0], [7]) })
  t.deepEqual(await readLibSvm(bytes('')).collect(), [])
})

test('the size is that of the greatest place over all files', async t => {
  const records = await readLibSvm([bytes('1 2:1'), bytes('2 5:1')]).collect()
  t.deepEqual(
    records.map(({ features }) => features.size),
    [5, 5],
  )
})

test('a qid is read where it is asked for', async t => {
  const text = '1 qid:7 1:2\n0 qid:8 1:3'
  const records = await readLibSvm(bytes(text), { qid: true }).collect()
  t.deepEqual(
    records.map(({ qid }) => qid),
    [7, 8],
  )
  t.deepEqual(Object.keys((await readLibSvm(bytes(text)).collect())[0]!), ['label', 'features'])
  const refused = (input: string, message: RegExp) =>
    t.throwsAsync(readLibSvm(bytes(input), { qid: true }).collect(), {
      instanceOf: InputOutputError,
      message,
    })
  await refused('1 1:2', /has no qid/)
  await refused('1 qid:1 1:2\n1 1:2', /1 of 2 records have a qid/)
})

test('malformed lines are refused with their number', async t => {
  for (const [line, message] of [
    ['x 1:2', /line 2: the label must be a finite number; got "x"/],
    ['1,2 1:2', /line 2: the label .*"1,2"/],
    ['1 12', /line 2: "12" is not a place and a value/],
    ['1 :2', /line 2: ":2" is not a place/],
    ['1 1:', /line 2: the value of "1:" must be/],
    ['1 1:nan', /line 2: the value of "1:nan" must be/],
    ['1 0:2', /line 2: the place of "0:2" must be a whole number from 1/],
    ['1 1.5:2', /line 2: the place of "1.5:2"/],
    ['1 2:2 2:3', /line 2: places must ascend; 2 stands behind 2/],
    ['1 4:1', /line 2: the place of "4:1" is beyond the size 3/],
    ['1 1:1 qid:2', /line 2: qid must stand right behind/],
  ] as const) {
    await t.throwsAsync(readLibSvm(bytes(`1 1:1\n${line}\n`), { size: 3 }).collect(), {
      instanceOf: InputOutputError,
      message,
    })
  }
  t.throws(() => readLibSvm(bytes(''), { size: 0 }), { instanceOf: ArgumentError })
  t.throws(() => readLibSvm(bytes(''), { sise: 1 } as never), { message: /"sise".*size/ })
  await t.throwsAsync(readLibSvm(join(folder, 'none.svm')).collect(), {
    instanceOf: InputOutputError,
  })
})

test('what is written reads back to the last bit', async t => {
  const number = fc.double({ noNaN: true, noDefaultInfinity: true })
  const path = join(folder, 'round.svm')
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(number, fc.array(number, { minLength: 3, maxLength: 3 })), {
        minLength: 1,
      }),
      fc.boolean(),
      async (rows, zeroBased) => {
        const records = rows.map(([label, row]) => ({ y: label, v: Float64Array.from(row) }))
        const options = { label: 'y', features: 'v', zeroBased, overwrite: true } as const
        await writeLibSvm(from(records), path, options)
        const back = await readLibSvm(path, { size: 3, zeroBased }).collect()
        t.deepEqual(
          back.map(({ label, features }) => [label, ...features.toDense()].map(x => x + 0)),
          rows.map(([label, row]) => [label, ...row].map(x => x + 0)),
        )
      },
    ),
    { numRuns: 40 },
  )
})

test('fields and sparse vectors are written, zeros left out', async t => {
  const path = join(folder, 'out.svm')
  const data = from([{ label: true, a: 0, b: 2, user: 4, v: new SparseVector(9, [1, 8], [3, 0]) }])
  await writeLibSvm(data, path, { features: ['a', 'b'], qid: 'user' })
  t.is(readFileSync(path, 'utf8'), '1 qid:4 2:2\n')
  await t.throwsAsync(writeLibSvm(data, path, { features: 'v' }), { instanceOf: InputOutputError })
  await writeLibSvm(data, path, { features: 'v', overwrite: true })
  t.is(readFileSync(path, 'utf8'), '1 2:3\n')
  const missing = from([{ label: null as number | null, a: 1 }])
  await t.throwsAsync(writeLibSvm(missing, path, { features: ['a'], overwrite: true }), {
    instanceOf: SchemaError,
    message: /record 0 has nothing in field "label"/,
  })
  t.is(readFileSync(path, 'utf8'), '1 2:3\n')
})

test('matrices and records become each other', async t => {
  await fc.assert(
    fc.asyncProperty(
      fc
        .integer({ min: 1, max: 5 })
        .chain(n =>
          fc.array(fc.array(fc.integer(), { minLength: n, maxLength: n }), { minLength: 1 }),
        ),
      async rows => {
        const matrix = new Matrix(rows)
        const names = rows[0]!.map((_, k) => `x${k}`)
        t.deepEqual((await toMatrix(fromMatrix(matrix))).to2DArray(), rows)
        const fields = fromMatrix(matrix, { features: names }) as ReturnType<
          typeof fromMatrix<string[]>
        >
        t.deepEqual((await toMatrix(fields, { features: names })).to2DArray(), rows)
      },
    ),
    { numRuns: 30 },
  )
  const sparse = from([{ features: new SparseVector(3, [1], [5]) }])
  t.deepEqual((await toMatrix(sparse)).to2DArray(), [[0, 5, 0]])
  const matrix = new Matrix([[1, 2]])
  t.throws(() => fromMatrix(matrix, { features: ['a'] }), {
    instanceOf: ArgumentError,
    message: /each of the 2 columns; got 1/,
  })
  t.throws(() => fromMatrix([[1]] as never), {
    instanceOf: ArgumentError,
    message: /matrix of ml-/,
  })
})
