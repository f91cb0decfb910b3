import type { InputFile } from '../../engine/extend.js'
import { readWhole } from '../../engine/extend.js'
import { InputOutputError } from '../../engine/index.js'

/** The records of LIBSVM files, in flat arrays. */
export interface LibSvmRecords {
  readonly labels: Float64Array
  /** By record; `null` where files have none. */
  readonly qids: Float64Array | null
  /** Where the entries of each record begin, and behind the last one their number. */
  readonly offsets: Int32Array
  /** From 0 on. */
  readonly indices: Int32Array
  readonly values: Float64Array
  /** The greatest place and one more. */
  readonly size: number
}

/** How lines are read. */
export interface LineOptions {
  readonly operation: string
  /** How many entries vectors have; places beyond are refused. */
  readonly size: number | undefined
  /** Whether places count from 0. */
  readonly zeroBased: boolean
  readonly signal?: AbortSignal | undefined
}

/**
 * Reads all lines of LIBSVM files: `label [qid:q] place:value place:value ... [# comment]`.
 *
 * @throws {InputOutputError} If a line is malformed; names file and line.
 */
export async function readLines(
  files: readonly InputFile[],
  options: LineOptions,
): Promise<LibSvmRecords> {
  const { signal, size } = options
  const columns: Columns = { labels: [], qids: [], offsets: [0], indices: [], values: [], size: 0 }
  for (const file of files) {
    const bytes = await readWhole(file, signal === undefined ? {} : { signal })
    const text = new TextDecoder().decode(bytes)
    let line = 0
    for (let start = 0; start < text.length; ) {
      const newline = text.indexOf('\n', start)
      const end = newline < 0 ? text.length : newline
      line++
      const hash = text.indexOf('#', start)
      const content = text.slice(start, hash >= 0 && hash < end ? hash : end).trim()
      if (content !== '') addLine(content, columns, options, `${file.name}, line ${line}`)
      start = end + 1
    }
  }
  const { labels, qids } = columns
  if (qids.length > 0 && qids.length < labels.length) {
    throw new InputOutputError(
      `${options.operation}: ${qids.length} of ${labels.length} records have a qid. Give all of them one, or none.`,
    )
  }
  return {
    labels: Float64Array.from(labels),
    qids: qids.length > 0 ? Float64Array.from(qids) : null,
    offsets: Int32Array.from(columns.offsets),
    indices: Int32Array.from(columns.indices),
    values: Float64Array.from(columns.values),
    size: size ?? columns.size,
  }
}

interface Columns {
  readonly labels: number[]
  readonly qids: number[]
  readonly offsets: number[]
  readonly indices: number[]
  readonly values: number[]
  size: number
}

function addLine(content: string, columns: Columns, options: LineOptions, place: string): void {
  const { labels, qids, offsets, indices, values } = columns
  const { operation, zeroBased, size } = options
  const fail = (what: string) => new InputOutputError(`${operation}: ${place}: ${what}.`)
  const [first, ...tokens] = content.split(/\s+/)
  const label = Number(first)
  if (!Number.isFinite(label)) throw fail(`the label must be a finite number; got "${first}"`)
  labels.push(label)
  const least = zeroBased ? 0 : 1
  let before = least - 1
  for (const [k, token] of tokens.entries()) {
    const colon = token.indexOf(':')
    const name = token.slice(0, colon)
    const value = numberOf(token.slice(colon + 1))
    if (colon < 1) throw fail(`"${token}" is not a place and a value such as 3:0.5`)
    if (Number.isNaN(value)) throw fail(`the value of "${token}" must be a finite number`)
    if (name === 'qid') {
      if (k > 0) throw fail('qid must stand right behind the label')
      qids.push(value)
      continue
    }
    const index = numberOf(name)
    if (!Number.isInteger(index) || index < least || index > 2 ** 31 - 2) {
      throw fail(`the place of "${token}" must be a whole number from ${least} on`)
    }
    if (index <= before) throw fail(`places must ascend; ${index} stands behind ${before}`)
    if (size !== undefined && index - least >= size) {
      throw fail(`the place of "${token}" is beyond the size ${size}`)
    }
    before = index
    indices.push(index - least)
    values.push(value)
    if (index - least >= columns.size) columns.size = index - least + 1
  }
  offsets.push(indices.length)
}

/** A finite number; NaN for anything else, also for an empty text. */
function numberOf(text: string): number {
  const value = text === '' ? Number.NaN : Number(text)
  return Number.isFinite(value) ? value : Number.NaN
}
