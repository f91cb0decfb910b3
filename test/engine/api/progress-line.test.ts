import test from 'ava'
import { progressLine, progressText } from '../../../engine/api/progress-line.js'

const report = {
  phase: 'groupBy k',
  rows: 3e6,
  bytes: 0,
  attempt: 1,
  milliseconds: 2000,
  done: false,
}

test('a report is one line: time, share of the input, rows, speed and phase', t => {
  t.is(progressText(report), '2.0 s  3,000,000 rows (1,500,000/s)  groupBy k')
  const half = { ...report, bytes: 50, totalBytes: 100 }
  t.is(
    progressText({ ...report, attempt: 2 }),
    '2.0 s  attempt 2  3,000,000 rows (1,500,000/s)  groupBy k',
  )
  t.is(progressText(half), '2.0 s  50%  3,000,000 rows (1,500,000/s)  groupBy k')
})

test.serial('the line of a long job is redrawn in place and gone at the end', t => {
  const written: string[] = []
  const { write } = process.stderr
  process.stderr.write = text => written.push(String(text)) > 0
  try {
    const line = progressLine(true)
    t.truthy(line)
    line!({ ...report, milliseconds: 500 })
    t.deepEqual(written, [])
    line!(report)
    line!({ ...report, milliseconds: 3000 })
    line!({ ...report, milliseconds: 3100, done: true })
  } finally {
    process.stderr.write = write
  }
  t.is(written.length, 3)
  t.true(written.every(text => text.startsWith('\r\u001b[2K') && !text.includes('\n')))
  t.is(written[2], '\r\u001b[2K')
})

test('there is no line where it is not wanted', t => {
  t.is(progressLine(false), undefined)
})
