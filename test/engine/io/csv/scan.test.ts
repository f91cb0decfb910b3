import test from 'ava'
import fc from 'fast-check'
import { MissingTexts } from '../../../../engine/io/csv/block.js'
import { checkCsvOptions } from '../../../../engine/io/csv/options.js'
import { CsvRecords } from '../../../../engine/io/csv/records.js'
import type { InputFile } from '../../../../engine/io/input-file.js'
import { naiveCsv } from './naive-csv.js'

/** A file that comes in pieces of the given sizes, the last one repeated. */
function pieces(text: string, sizes: readonly number[]): InputFile {
  const bytes = new TextEncoder().encode(text)
  return {
    name: 'pieces.csv',
    size: bytes.length,
    slice: async (start, end) => bytes.subarray(start, end),
    async *stream() {
      let at = 0
      for (let k = 0; at < bytes.length; k++) {
        const size = sizes[Math.min(k, sizes.length - 1)]!
        yield bytes.slice(at, at + size)
        at += size
      }
    },
  }
}

interface Line {
  readonly line: number
  readonly fields: readonly string[]
}

/** All records as texts, with the lines on which they begin. */
async function records(
  text: string,
  options: Parameters<typeof checkCsvOptions>[0] = {},
  sizes: readonly number[] = [1 << 20],
  limit = 1000,
): Promise<{ names: readonly string[]; lines: Line[]; skipped: number }> {
  let skipped = 0
  const checked = checkCsvOptions({ delimiter: ',', ...options }, 'readCsv')
  const count = () => {
    skipped++
  }
  const file = pieces(text, sizes)
  const opened = await CsvRecords.open(file, checked, undefined, {}, 'readCsv', count)
  const lines: Line[] = []
  while (await opened.next(limit)) {
    const { bounds, lines: starts, rows, width } = opened.scanner
    for (let row = 0; row < rows; row++) {
      const fields = Array.from({ length: width }, (_, k) => {
        const at = (row * width + k) * 2
        const { bytes } = opened.window
        return new TextDecoder('utf-8', { ignoreBOM: true }).decode(
          bytes.subarray(bounds[at]!, bounds[at + 1]!),
        )
      })
      lines.push({ line: starts[row]!, fields })
    }
  }
  await opened.close()
  return { names: opened.names, lines, skipped }
}

const fieldText = fc.string({
  unit: fc.constantFrom('a', 'b', ' ', ',', '"', '\n', '\r', '\r\n', 'ü', '😀', '7', '#'),
  maxLength: 8,
})
/** A field as a writer might write it: with quotes where they are needed, and sometimes elsewhere. */
const field = fc
  .tuple(fieldText, fc.boolean())
  .map(([text, quoted]) =>
    quoted || /[,"\r\n]/.test(text) || text === '' ? `"${text.replaceAll('"', '""')}"` : text,
  )
const table = fc
  .integer({ min: 2, max: 5 })
  .chain(width =>
    fc.array(fc.array(field, { minLength: width, maxLength: width }), { minLength: 1 }),
  )

test('records are those of a naive parser, however the bytes arrive', async t => {
  await fc.assert(
    fc.asyncProperty(
      table,
      fc.constantFrom('\n', '\r\n'),
      fc.boolean(),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
      fc.integer({ min: 1, max: 4 }),
      async (rows, end, lastEnd, sizes, limit) => {
        const text = rows.map(fields => fields.join(',')).join(end) + (lastEnd ? end : '')
        const header = rows[0]!.map((_, k) => String(k))
        const { lines } = await records(text, { header }, sizes, limit)
        t.deepEqual(
          lines.map(({ fields }) => fields),
          naiveCsv(text),
        )
        let line = 1
        for (const [row, fields] of rows.entries()) {
          t.is(lines[row]!.line, line)
          line += 1 + (fields.join(',').match(/\n/g)?.length ?? 0)
        }
      },
    ),
    { numRuns: 400 },
  )
})

test('quotes within a field stand for themselves', async t => {
  const { lines } = await records('a,b\n5" pipe,x"y"\n', {})
  t.deepEqual(lines[0]!.fields, ['5" pipe', 'x"y"'])
})

test('without quote, quotes are text', async t => {
  const { lines } = await records('a,b\n"x,y"\n', { quote: '' })
  t.deepEqual(lines[0]!.fields, ['"x', 'y"'])
})

test('other quotes and delimiters', async t => {
  const { lines } = await records("a|b\n'x|''y'|\"z\n", { quote: "'", delimiter: '|' })
  t.deepEqual(lines[0]!.fields, ["x|'y", '"z'])
})

test('empty lines and comments are left out, and counted as lines', async t => {
  const text = '# one\n\na,b\n\r\n#,two\n1,2\n\n# "three\n3,#4\n#'
  for (const size of [1, 3, 100]) {
    const { lines, names } = await records(text, { comments: '#' }, [size])
    t.deepEqual(names, ['a', 'b'])
    t.deepEqual(lines, [
      { line: 6, fields: ['1', '2'] },
      { line: 9, fields: ['3', '#4'] },
    ])
  }
})

test('with a single column an empty line is an empty field', async t => {
  const { lines } = await records('a\n1\n\n""\n\r\n2\n', {})
  t.deepEqual(
    lines.map(({ fields }) => fields[0]),
    ['1', '', '', '', '2'],
  )
})

test('trim leaves out spaces and tabs around fields, not those in quotes', async t => {
  const { lines, names } = await records(' a ,\t"b" \n  x y\t, " z "  \n , \n', { trim: true })
  t.deepEqual(names, ['a', 'b'])
  t.deepEqual(
    lines.map(({ fields }) => fields),
    [
      ['x y', ' z '],
      ['', ''],
    ],
  )
})

test('a byte order mark is left out', async t => {
  t.deepEqual((await records('\ufeffa,b\n1,2\n')).names, ['a', 'b'])
})

test('a column without name is called by its position', async t => {
  t.deepEqual((await records(',b,""\n1,2,3\n')).names, ['column1', 'b', 'column3'])
})

test('a carriage return that ends no line is text', async t => {
  const { lines } = await records('a,b\nx\ry,\r\r\n')
  t.deepEqual(lines[0]!.fields, ['x\ry', '\r'])
})

for (const [what, text, message] of [
  [
    'too few fields',
    'a,b\n1,2\n3\n',
    /pieces\.csv, line 3: the line has 1 field; there are 2 columns/,
  ],
  [
    'too many fields',
    'a,b\n"1\n",2\n3,4,5\n',
    /line 4: the line has 3 fields; there are 2 columns/,
  ],
  ['text after a quote', 'a,b\n1,"2"3\n', /line 2: text follows a closing quote/],
  ['an open quote', 'a,b\n1,2\n1,"2\n3,4\n', /line 3: a quote is opened and never closed/],
  ['an open quote in the header', 'a,"b\n1,2\n', /line 1: a quote is opened/],
] as const) {
  test(`${what} is an error with file, line and reason`, async t => {
    for (const size of [1, 4, 1000]) await t.throwsAsync(records(text, {}, [size]), { message })
  })
}

test('invalid lines are skipped and counted when told, each on its own', async t => {
  const text = 'a,b\n1,2\n3\n4,"5"6\n7,8,9\n10,"11\n12,13\n14,15'
  for (const size of [1, 5, 1000]) {
    const { lines, skipped } = await records(text, { invalid: 'skip' }, [size])
    t.deepEqual(
      lines.map(({ fields }) => fields.join()),
      ['1,2', '12,13', '14,15'],
    )
    t.is(skipped, 4)
  }
})

test('huge fields are read', async t => {
  const huge = 'x'.repeat(3_000_000)
  const { lines } = await records(`a,b\n${huge},1\n"${huge}\n""",2\n`, {}, [65_536])
  t.deepEqual(
    lines.map(({ fields }) => fields[0]!.length),
    [3_000_000, 3_000_002],
  )
})

test('missing texts are compared whole', t => {
  const missing = new MissingTexts(['NA', 'n/a'])
  const has = (text: string) =>
    missing.has(new TextEncoder().encode(`x${text}x`), 1, text.length + 1)
  t.deepEqual(['NA', 'n/a', 'N', 'NAN', '', 'na'].map(has), [
    true,
    true,
    false,
    false,
    false,
    false,
  ])
})
