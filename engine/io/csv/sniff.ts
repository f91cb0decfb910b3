/** Which character is between the fields of a file. */

import type { ByteWindow } from '../byte-window.js'
import { withoutCompression } from '../compression.js'
import type { CheckedCsvOptions } from './options.js'

const COMMA = 44
const TAB = 9
/** Semicolon, tab, bar. */
const OTHERS = [59, TAB, 124]
const NEWLINE = 10
const RETURN = 13
/** Lines that are looked at. */
const LINES = 20

/**
 * The delimiter: a tab for `.tsv` and `.tab`, else a comma. Only when the first line has no comma
 * (no tab) and all of the first lines have the same number of semicolons, tabs or bars, it is that.
 */
export function sniffDelimiter(
  window: ByteWindow,
  name: string,
  { comment, quote }: Pick<CheckedCsvOptions, 'comment' | 'quote'>,
): number {
  const usual = /\.(tsv|tab)$/i.test(withoutCompression(name)) ? TAB : COMMA
  const candidates = [usual, ...OTHERS.filter(other => other !== usual)]
  const counts = countPerLine(window, candidates, quote, comment[0])
  const [first] = counts
  if (first === undefined || first[0]! > 0) return usual
  for (let k = 1; k < candidates.length; k++) {
    if (first[k]! > 0 && counts.every(line => line[k] === first[k])) return candidates[k]!
  }
  return usual
}

/** How often each candidate stands outside of quotes in each of the first complete lines. */
function countPerLine(
  { bytes, end, final, start }: ByteWindow,
  candidates: readonly number[],
  quote: number,
  comment: number | undefined,
): number[][] {
  const lines: number[][] = []
  let line = candidates.map(() => 0)
  let quoted = false
  let lineStart = start
  for (let p = start; p < end && lines.length < LINES; p++) {
    const byte = bytes[p]!
    if (byte === quote) quoted = !quoted
    else if (byte === NEWLINE && !quoted) {
      const blank = p === lineStart || (p === lineStart + 1 && bytes[lineStart] === RETURN)
      if (!blank && bytes[lineStart] !== comment) lines.push(line)
      line = candidates.map(() => 0)
      lineStart = p + 1
    } else if (!quoted) {
      const k = candidates.indexOf(byte)
      if (k >= 0) line[k]!++
    }
  }
  if (final && lines.length < LINES && lineStart < end) lines.push(line)
  return lines
}
