import test from 'ava'
import type { InputFile } from '../../../engine/extend.js'
import { InputOutputError } from '../../../engine/index.js'
import { eachLine } from '../../../gelly/formats/text-lines.js'
import { bytes } from './support.js'

/** A file that comes in pieces of `size` bytes. */
function fileOf(text: string, size: number): InputFile {
  const all = bytes(text)
  return {
    name: 'pieces.txt',
    size: all.length,
    slice: async (start, end) => all.subarray(start, end),
    async *stream() {
      for (let start = 0; start < all.length; start += size) yield all.subarray(start, start + size)
    },
  }
}

test('lines are the same wherever the file is cut', async t => {
  const text = '1 2 3.5\r\n\n  10\t20   -1e3\n7 8 0'
  for (let size = 1; size < text.length + 2; size++) {
    const seen: unknown[] = []
    const last = await eachLine(fileOf(text, size), 'test', line => {
      if (line.done) seen.push([line.number])
      else seen.push([line.number, line.whole('a'), line.whole('b'), line.real('c'), line.done])
    })
    t.deepEqual(seen, [[1, 1, 2, 3.5, true], [2], [3, 10, 20, -1000, true], [4, 7, 8, 0, true]])
    t.is(last.number, 4)
  }
})

test('an empty file has no line, and the end of the last line begins none', async t => {
  for (const [text, count] of [
    ['', 0],
    ['\n', 1],
    ['a\n', 1],
    ['a', 1],
  ] as const) {
    let lines = 0
    await eachLine(fileOf(text, 10), 'test', () => lines++)
    t.is(lines, count)
  }
})

const wrong: readonly [string, 'whole' | 'real', RegExp][] = [
  ['1.5', 'whole', /^test: pieces.txt, line 2: n must be a whole number; got "1.5"\.$/],
  ['-1', 'whole', /got "-1"/],
  ['12x', 'whole', /got "12x"/],
  ['99999999999999999', 'whole', /got "99999999999999999"/],
  ['', 'whole', /got ""/],
  ['', 'real', /n must be a number; got ""/],
  ['x', 'real', /got "x"/],
  ['1,5', 'real', /got "1,5"/],
]
for (const [text, kind, message] of wrong) {
  test(`"${text}" is no ${kind} number`, async t => {
    const reading = eachLine(fileOf(`0\n${text}\n`, 99), 'test', line => line[kind]('n'))
    await t.throwsAsync(reading, { instanceOf: InputOutputError, message })
  })
}

test('numbers may be infinite or none, as other programs write them', async t => {
  const seen: number[] = []
  await eachLine(fileOf('inf\n-Infinity\nnan\n+2\n.5\n', 99), 'test', line => {
    seen.push(line.real('n'))
  })
  t.deepEqual(seen, [Infinity, -Infinity, Number.NaN, 2, 0.5])
})
