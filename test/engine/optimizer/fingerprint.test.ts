import test from 'ava'
import { type DataSet, ExecutionEnvironment } from '../../../engine/index.js'
import { planFingerprint } from '../../../engine/optimizer/fingerprint.js'

type Numbers = DataSet<{ id: number; x: number }>

/** Everything anew for each program, as two processes would do. */
function program(
  change: {
    data?: readonly { id: number; x: number }[]
    column?: Float64Array
    body?: (current: Numbers) => Numbers
    damping?: number
    maxIterations?: number
    until?: (state: { superstep: number }) => boolean
    handed?: readonly number[]
    name?: string
    directory?: string
  } = {},
) {
  const env = new ExecutionEnvironment()
  const {
    data = [
      { id: 1, x: 0.5 },
      { id: 2, x: -0 },
    ],
    column = Float64Array.of(1, 2, NaN),
    damping = 0.85,
    maxIterations = 10,
    until = ({ superstep }) => superstep > 100,
    handed = [1, 2, 3],
  } = change
  const other = env.fromColumns({ id: Int32Array.of(1, 2, 3), y: column })
  const list = env.from(handed)
  const body =
    change.body ??
    (current =>
      current
        .join(other)
        .where('id')
        .equalTo('id')
        .with((c, o, { damping }) => ({ id: c.id, x: c.x * damping + o.y }), { with: { damping } })
        .filter((r, { list }) => !list.includes(r.x), { with: { list } }))
  return env
    .from([...data])
    .name(change.name ?? 'numbers')
    .iterate(
      {
        maxIterations,
        until,
        ...(change.directory && { checkpoint: { directory: change.directory } }),
      },
      body,
    )
}

test('the same program has the same fingerprint; where it writes and what names it gives do not matter', async t => {
  const expected = await planFingerprint(program().node)
  t.deepEqual(await planFingerprint(program().node), expected)
  const { digest } = await planFingerprint(program({ name: 'x', directory: '/elsewhere' }).node)
  t.is(digest, expected.digest)
  t.deepEqual(JSON.parse(JSON.stringify(expected)), expected)
  t.true(expected.outline.some(({ label }) => label.startsWith('numbers: from 2 records')))
})

test('a run does not change the fingerprint, nor does the optimizer', async t => {
  const loop = program()
  const before = await planFingerprint(loop.node)
  await loop.collect()
  t.deepEqual(await planFingerprint(loop.node), before)
  const cached = (filled: boolean) => {
    const data = new ExecutionEnvironment()
      .from([1, 2])
      .map(x => x + 1)
      .cache()
    return { data, run: filled ? data.count() : undefined }
  }
  const filled = cached(true)
  await filled.run
  t.deepEqual(
    await planFingerprint(filled.data.node),
    await planFingerprint(cached(false).data.node),
  )
})

test('each change is noticed, and the first line that differs says where', async t => {
  const expected = await planFingerprint(program().node)
  const changes: Record<string, readonly [Parameters<typeof program>[0], RegExp]> = {
    'a value': [
      {
        data: [
          { id: 1, x: 0.5 },
          { id: 2, x: 1 },
        ],
      },
      /from 2 records/,
    ],
    'the sign of zero': [
      {
        data: [
          { id: 1, x: 0.5 },
          { id: 2, x: 0 },
        ],
      },
      /from 2 records/,
    ],
    'a record more': [{ data: [{ id: 1, x: 0.5 }] }, /from 1 record/],
    'a column': [{ column: Float64Array.of(1, 2, 3) }, /fromColumns/],
    'a value handed over': [{ damping: 0.9 }, /join/],
    'data handed over': [{ handed: [1, 2, 4] }, /from 3 records/],
    'the maximum': [{ maxIterations: 11 }, /at most 11/],
    'the criterion': [{ until: ({ superstep }) => superstep > 99 }, /until/],
    'the body': [{ body: c => c.map(r => ({ id: r.id, x: r.x + 1 })) }, /map/],
  }
  for (const [what, [change, where]] of Object.entries(changes)) {
    const other = await planFingerprint(program(change).node)
    t.not(other.digest, expected.digest, what)
    const first = other.outline.find(({ digest }, k) => digest !== expected.outline[k]?.digest)
    t.regex(first!.label, where, what)
  }
})

test('functions differ by their source, however long', async t => {
  const of = (text: string) => {
    const call = new Function(`return ${text}`)() as (x: number) => number
    return planFingerprint(new ExecutionEnvironment().from([1]).map(call).node)
  }
  const long = `x => { ${'x += 1; '.repeat(100)}`
  const one = await of(`${long} return x }`)
  t.is((await of(`${long} return x }`)).digest, one.digest)
  t.not((await of(`${long} return -x }`)).digest, one.digest)
  t.not((await of('Math.abs')).digest, (await of('Math.sign')).digest)
})

test('settings count', async t => {
  const { node } = program()
  const settings = { parameters: { limit: 20 }, parallelism: 2 }
  const one = await planFingerprint(node, settings)
  t.deepEqual(await planFingerprint(node, { ...settings }), one)
  for (const other of [
    { ...settings, parallelism: 1 },
    { ...settings, parameters: { limit: 21 } },
  ]) {
    const { digest, outline } = await planFingerprint(node, other)
    t.not(digest, one.digest)
    const first = outline.find((line, k) => line.digest !== one.outline[k]?.digest)
    t.regex(first!.label, /^(parallelism 1|parameters)$/)
  }
})

test('values are told apart by what they are', async t => {
  const map = (value: unknown) =>
    planFingerprint(
      new ExecutionEnvironment().from([1]).map((x, { value }) => [x, value], { with: { value } })
        .node,
    )
  const loop: Record<string, unknown> = {}
  loop.self = loop
  const values = [
    1,
    '1',
    1n,
    true,
    null,
    undefined,
    0,
    -0,
    NaN,
    [1],
    ['1'],
    [[1]],
    [1, 2],
    [12],
    { a: 1 },
    { b: 1 },
    { a: { a: 1 } },
    new Date(1),
    new Date(2),
    new Map([[1, 2]]),
    new Set([1, 2]),
    /a/,
    /a/g,
    Float64Array.of(1),
    Float32Array.of(1),
    Float64Array.of(2),
    loop,
    '',
    [],
    {},
  ]
  const digests: string[] = []
  for (const value of values) digests.push((await map(value)).digest)
  t.is(new Set(digests).size, values.length)
  t.is((await map({ a: 1, b: 2 })).digest, (await map({ b: 2, a: 1 })).digest)
})
