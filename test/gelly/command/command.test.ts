import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import test from 'ava'
import { ALGORITHMS, findAlgorithm } from '../../../gelly/command/algorithms.js'
import { algorithmProgress, progressText } from '../../../gelly/command/progress.js'
import { ENDINGS } from '../../../gelly/command/read-input.js'
import { runCommand } from '../../../gelly/command/run-command.js'
import { readGraph } from '../../../gelly/formats/read-graph.js'
import { writeGexf } from '../../../gelly/formats/write-gexf.js'
import { writeGraph } from '../../../gelly/formats/write-graph.js'
import { writeGraphml } from '../../../gelly/formats/write-graphml.js'
import { Graph } from '../../../gelly/graph.js'
import { inProject } from '../../support/project.js'
import { temporary } from '../formats/support.js'

/** What a command line gives, run in this process. */
async function run(...args: string[]) {
  const out: string[] = []
  const err: string[] = []
  const code = await runCommand(args, {
    out: line => out.push(line),
    err: line => err.push(line),
  })
  return { code, out: out.join('\n'), err: err.join('\n') }
}

/** The same as a program of its own. */
function spawned(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise(resolve => {
    const program = inProject('dist/gelly/command/bin.js')
    execFile(process.execPath, [program, ...args], (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err })
    })
  })
}

const ROUTES = 'from,to,flights\nSEA,LAX,10\nLAX,JFK,20\nSEA,JFK,5\n'

test('the program prints a table', async t => {
  const { code, out, err } = await spawned('graph', 'edges', await temporary('r.csv', ROUTES))
  t.is(err, '')
  t.is(code, 0)
  t.is(
    out,
    [
      'source  target  value',
      '──────  ──────  ─────',
      'SEA     LAX        10',
      'LAX     JFK        20',
      'SEA     JFK         5',
      '',
    ].join('\n'),
  )
})

test('the program says what is wrong in one line, and exits accordingly', async t => {
  const missing = await spawned('graph', 'edges', 'none.csv')
  t.is(missing.code, 1)
  t.regex(missing.err, /^wiesel: readCsv: file "none.csv" does not exist.*\n$/)
  const unknown = await spawned('graph', 'edgs', 'none.csv')
  t.is(unknown.code, 2)
  t.regex(
    unknown.err,
    /^wiesel: algorithm "edgs" is not known\. Did you mean edges(, [a-z-]+){3}\? There are \d+ in all\. See/,
  )
})

const COMMUNITIES = join(mkdtempSync(join(tmpdir(), 'wiesel-')), 'communities.csv')
const DIVIDED = Array.from({ length: 30 }, (_, v) => `${v},${v % 3}`)
writeFileSync(COMMUNITIES, ['id,community', ...DIVIDED, ''].join('\n'))

/** What an algorithm cannot do without. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  modularity: ['--communities', COMMUNITIES],
  'community-quality': ['--communities', COMMUNITIES],
  'compare-communities': ['--other', COMMUNITIES],
  bfs: ['--source', '0'],
  'shortest-paths': ['--source', '0'],
  'shortest-path': ['--source', '0', '--target', '3'],
  'k-core': ['--k', '2'],
  'maximum-degree': ['--maximum', '4'],
}

/** Inputs that suit an algorithm where a grid does not. */
const SUITED: Readonly<Record<string, string>> = {
  'topological-order': 'empty:3',
  'compare-communities': COMMUNITIES,
}

for (const [name, { flags, order }] of Object.entries(ALGORITHMS)) {
  test(`${name} runs, and the library knows each of its options`, async t => {
    const args = ['graph', name, SUITED[name] ?? 'random-geometric:30:0.3']
    const needed = NEEDED[name] ?? []
    const { code, out, err } = await run(...args, ...needed)
    t.is(code, 0, err)
    t.not(out, '')
    if (order !== undefined) t.is((await run(...args, ...needed, '--top', '2')).code, 0)
    for (const [option, { kind, choices }] of Object.entries(flags)) {
      const flag = `--${option.replace(/[A-Z]/g, c => `-${c.toLowerCase()}`)}`
      if (needed.includes(flag)) continue
      const value = choices?.[0] ?? (option === 'weight' ? 'value' : '1')
      const given = await run(...args, ...needed, flag, ...(kind === 'switch' ? [] : [value]))
      // A value may be refused; a name may not.
      t.notRegex(given.err, /option "\w+" is not known|unexpected/, given.err)
    }
  })
}

test('a search shows levels and parents, and how much it reached', async t => {
  const path = await temporary('r.csv', `${ROUTES}HNL,LIH,3\n`)
  const { code, out, err } = await run('graph', 'bfs', path, '--source', 'LAX', '--max-level', '3')
  t.is(code, 0)
  t.regex(out, /LAX +0 *\n *HNL *\n *JFK +1 +LAX *\n *LIH/)
  t.regex(err, /reached: 2, iterations: \d, converged: true/)
})

test('a reader that has seen enough is no error', async t => {
  const program = inProject('dist/gelly/command/bin.js')
  const command = `"${process.execPath}" "${program}" graph edges rmat:10 --rows 20000 | head -1`
  const { err, out } = await new Promise<{ err: string; out: string }>(resolve => {
    execFile('sh', ['-c', command], (_, out, err) => resolve({ out, err }))
  })
  t.is(err, '')
  t.regex(out, /^source +target/)
})

test('help lists what there is, in general and for each algorithm', async t => {
  for (const args of [[], ['--help'], ['-h'], ['graph'], ['graph', '--help']]) {
    const { code, out } = await run(...args)
    t.is(code, 0)
    for (const name of Object.keys(ALGORITHMS)) t.true(out.includes(`\n  ${name} `), name)
    for (const ending of ENDINGS) t.true(out.includes(`.${ending}`), ending)
  }
  for (const [name, { flags }] of Object.entries(ALGORITHMS)) {
    const { code, out } = await run('graph', name, '--help')
    t.is(code, 0)
    const input = name === 'compare-communities' ? 'FILE' : 'INPUT'
    t.true(out.startsWith(`wiesel graph ${name} ${input} [OPTIONS]\n`))
    for (const option of Object.keys(flags)) {
      t.true(out.includes(`--${option.replace(/[A-Z]/g, c => `-${c.toLowerCase()}`)}`), option)
    }
  }
})

const wrong: readonly [string, string[], RegExp][] = [
  ['an unknown area', ['tree'], /"tree" is not known; there is graph/],
  ['no input', ['graph', 'edges'], /name a file to read, or a generator such as rmat:16/],
  ['two inputs', ['graph', 'edges', 'rmat:3', 'rmat:4'], /one input; got also "rmat:4"/],
  [
    'an unknown option',
    ['graph', 'edges', 'rmat:3', '--tpo', '3'],
    /--tpo is not known. Did you mean --top\?/,
  ],
  [
    'an option twice',
    ['graph', 'edges', 'rmat:3', '--top', '3', '--top=4'],
    /--top is given twice/,
  ],
  ['an option without its value', ['graph', 'edges', 'rmat:3', '--top'], /--top needs a value/],
  [
    'a value for a switch',
    ['graph', 'edges', 'rmat:3', '--undirected=yes'],
    /--undirected takes no value/,
  ],
  [
    'a word for a number',
    ['graph', 'edges', 'rmat:3', '--top', 'ten'],
    /--top must be a number; got "ten"/,
  ],
  [
    'an option that is needed left out',
    ['graph', 'shortest-paths', 'rmat:3'],
    /--source is needed: where paths begin\. See: wiesel graph shortest-paths --help/,
  ],
  ['half a record', ['graph', 'edges', 'rmat:3', '--top', '1.5'], /--top must be a whole number/],
  [
    'an unknown generator',
    ['graph', 'edges', 'rmta:3'],
    /generator "rmta" is not known; there are rmat,/,
  ],
  [
    'a generator without its size',
    ['graph', 'edges', 'rmat:'],
    /write rmat:SCALE\[:EDGEFACTOR\]; got "rmat:"/,
  ],
  ['an unknown ending', ['graph', 'edges', 'a.xlsx'], /neither a folder nor a generator.*\.csv/],
  [
    'an unknown ending of the output',
    ['graph', 'edges', 'rmat:3', '--output', 'a.xls'],
    /--output must end with .csv/,
  ],
  [
    'a column that is not there',
    ['graph', 'edges', 'rmat:3', '--order', 'traget'],
    /no column "traget" to order by; there are target/,
  ],
]
for (const [title, args, message] of wrong) {
  test(`refuses ${title}`, async t => {
    const { code, err, out } = await run(...args)
    t.is(code, 2)
    t.is(out, '')
    t.regex(err, message)
    t.regex(err, /See: wiesel graph/)
    t.false(err.includes('\n'))
  })
}

test('what a generator refuses ends the program with 1', async t => {
  const { code, err } = await run('graph', 'edges', 'rmat:99')
  t.is(code, 1)
  t.regex(err, /^wiesel: rmatGraph: scale must be at most 30; got 99\.$/)
})

test('columns are chosen by name, and checked', async t => {
  const path = await temporary('r.csv', 'day,a,b,w\n1,x,y,0.5\n')
  const { out } = await run('graph', 'edges', path, '--columns', 'a,b,w')
  t.regex(out, /x +y +0\.50/)
  const { code, err } = await run('graph', 'edges', path, '--columns', 'a,c')
  t.is(code, 2)
  t.regex(err, /has no column "c"; it has a, b, w, day|has no column "c"; it has/)
})

test('a file without a header, a list with notes, and undirected edges are read', async t => {
  const csv = await temporary('r.csv', '1,2\n2,3\n')
  t.regex((await run('graph', 'edges', csv, '--no-header')).out, /1 +2\s*\n +2 +3/)
  const txt = await temporary('r.txt', '# from SNAP\nFromNodeId\tToNodeId\n1\t2\n')
  t.regex((await run('graph', 'edges', txt)).out, /\n +1 +2/)
  const { out } = await run('graph', 'edges', csv, '--no-header', '--undirected')
  t.is(out.split('\n').length, 2 + 4)
})

test('every kind of file is read', async t => {
  const graph = Graph.from({
    vertices: [{ id: 'a' }, { id: 'b' }, { id: 'c' }],
    edges: [{ source: 'a', target: 'b', value: 0.5 }],
  })
  const folder = dirname(await temporary('x'))
  const at = (name: string) => join(folder, name)
  for (const ending of ['csv', 'tsv', 'parquet', 'arrow']) {
    await writeGraph(graph, { edges: at(`g.${ending}`) })
  }
  await writeFile(at('g.txt'), 'source\ttarget\tvalue\na\tb\t0.5\n')
  await writeGexf(graph, at('g.gexf'))
  await writeGraphml(graph, at('g.graphml'))
  await writeGraph(graph, at('folder'))
  await writeFile(at('g.mtx'), '%%MatrixMarket matrix coordinate real general\n3 3 1\n1 2 0.5\n')
  await writeFile(at('g.e'), '1 2 0.5\n')
  for (const name of [...ENDINGS.map(ending => `g.${ending}`), 'folder']) {
    const { code, out, err } = await run('graph', 'edges', at(name))
    t.is(code, 0, err)
    t.regex(out, /(a|1) +(b|2) /, name)
  }
})

test('a file is written, not replaced unless asked for, and reads back', async t => {
  const folder = dirname(await temporary('x'))
  for (const ending of ['csv', 'tsv', 'parquet', 'arrow', 'csv.gz']) {
    const path = join(folder, `edges.${ending}`)
    t.deepEqual(await run('graph', 'edges', 'grid:3x4', '--output', path), {
      code: 0,
      out: '',
      err: '',
    })
    t.is((await run('graph', 'edges', 'grid:3x4', '--output', path)).code, 1)
    t.is((await run('graph', 'edges', 'grid:3x4', '--output', path, '--overwrite')).code, 0)
    t.is(await (await readGraph({ edges: path })).edges.count(), 34)
  }
  const lines = join(folder, 'edges.jsonl')
  await run('graph', 'edges', 'path:2', '--output', lines)
  t.is(
    await readFile(lines, 'utf8'),
    '{"source":0,"target":1,"value":null}\n{"source":1,"target":0,"value":null}\n',
  )
})

test('records are ordered and cut', async t => {
  const path = await temporary('r.csv', ROUTES)
  const { out } = await run('graph', 'edges', path, '--order', 'value', '--top', '2')
  t.deepEqual(
    out
      .split('\n')
      .slice(2)
      .map(line => line.slice(0, 11).trim()),
    ['LAX     JFK', 'SEA     LAX'],
  )
})

test('algorithms are found with and without dashes', async t => {
  const { out } = await run('graph', 'triangle-count', 'complete:5')
  t.is(out, 'triangles: 10')
  for (const name of ['trianglecount', 'triangleCount', 'Triangle-Count']) {
    t.is((await run('graph', name, 'complete:5')).out, out)
  }
})

test('generators take seeds', async t => {
  const one = await run('graph', 'edges', 'erdos-renyi:20:9', '--graph-seed', '5')
  t.deepEqual(await run('graph', 'edges', 'erdos-renyi:20:9', '--graph-seed', '5'), one)
  t.not((await run('graph', 'edges', 'erdos-renyi:20:9')).out, one.out)
})

test('communities are read of a file, by name or as the first two columns', async t => {
  const { out: judged } = await run(
    ...['graph', 'modularity', 'random-geometric:30:0.3', '--communities', COMMUNITIES],
  )
  t.regex(judged, /^answer: -?0\.\d+$/)
  const digits = await temporary('r.csv', 'from,to\n1,2\n2,x\n')
  const named = await temporary('n.csv', 'who,where\n1,a\n2,a\nx,b\n')
  const text = await temporary('t.csv', 'from,to\n1,2\nx,y\n')
  const letters = await temporary('l.csv', 'who,where\n1,a\n2,a\nx,b\ny,b\n')
  t.is((await run('graph', 'modularity', text, '--communities', letters)).out, 'answer: 0.5')
  t.is((await run('graph', 'modularity', digits, '--communities', named)).code, 1)
  const { out, code } = await run('graph', 'compare-communities', named, '--other', named)
  t.is(code, 0)
  t.is(out, 'normalizedMutualInformation: 1\nadjustedRandIndex: 1')
  for (const [path, why] of [
    [await temporary('one.csv', 'id\n1\n'), /needs a column of vertices and one of communities/],
    [await temporary('none.csv', 'id,community\n'), /has no communities/],
    ['communities.xlsx', /does not end with \.csv, \.tsv, \.parquet, \.arrow/],
  ] as const) {
    const wrong = await run('graph', 'modularity', 'path:3', '--communities', path)
    t.is(wrong.code, 2)
    t.regex(wrong.err, why)
  }
})

test('ids of two types are refused with their line', async t => {
  const path = await temporary('r.csv', '# notes\nfrom,to\n1,2\n\n3,x\n5,6\n')
  const { code, err } = await run('graph', 'pagerank', path, '--comments', '#')
  t.is(code, 1)
  t.regex(
    err,
    /all ids must have one type, .*r\.csv, line 5: column "to" must be a number; got "x"/,
  )
})

test('the program says its version', async t => {
  const { version } = JSON.parse(await readFile(inProject('package.json'), 'utf8'))
  t.deepEqual(await run('--version'), { code: 0, out: version, err: '' })
})

test('what is cancelled ends with 130, and leaves no file behind', async t => {
  const path = await temporary('left.csv')
  const cancelled = new AbortController()
  const err: string[] = []
  const running = runCommand(['graph', 'betweenness', 'rmat:13', '--output', path], {
    out: () => {},
    err: line => err.push(line),
    signal: cancelled.signal,
  })
  setTimeout(() => cancelled.abort(), 50)
  t.is(await running, 130)
  t.deepEqual(err, ['wiesel: cancelled'])
  await t.throwsAsync(readFile(path), { code: 'ENOENT' })
})

test('a signal from the keyboard cancels the program', async t => {
  const program = inProject('dist/gelly/command/bin.js')
  const child = spawn(process.execPath, [program, 'graph', 'betweenness', 'rmat:14'])
  let said = ''
  child.stderr.on('data', data => {
    said += data
  })
  // Whoever begins has no ear for signals yet, and is ended by them.
  const timer = setTimeout(() => child.kill('SIGINT'), 2000)
  const [code] = await once(child, 'close')
  clearTimeout(timer)
  t.is(code, 130)
  t.is(said, 'wiesel: cancelled\n')
})

test('progress is one line, after a while', t => {
  t.is(
    progressText({ superstep: 12, maxIterations: 100, change: 0.0000312 }),
    'iteration 12 of 100  change 0.000031',
  )
  t.is(progressText({ superstep: 3, changed: 1200 }), 'iteration 3  1,200 changed')
  t.is(progressText({ done: 1200, of: 65536 }), '1,200 of 65,536 done')
  t.is(algorithmProgress({}), undefined)
  const shown: string[] = []
  algorithmProgress({ progress: text => shown.push(text) })!({ done: 1, of: 2 })
  t.deepEqual(shown, [])
})

test('algorithms go by what others call them, too', t => {
  t.is(findAlgorithm('breadth-first-search')[0], 'bfs')
  t.is(findAlgorithm('SSSP')[0], 'shortest-paths')
})
