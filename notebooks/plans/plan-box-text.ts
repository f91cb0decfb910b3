import { bytesText, countText, durationText } from '../../engine/extend.js'
import { broken, fitted, measured } from '../charts/measured.js'
import type { PlanBox } from './plan-picture.js'

/** What is written into a box. */
export interface BoxText {
  readonly head: string
  readonly lines: readonly string[]
  /** Rows, time and bytes. */
  readonly figures: string
  readonly width: number
  readonly height: number
}

/** The size of the first line, in pixels. */
export const HEAD = 12

/** The size of the other lines. */
export const DETAIL = 10.5

/** Between lines. */
export const LEADING = 15

/** Between text and border. */
export const PADDING = 9

/** The widest text. */
const WIDEST = 190

/** Steps that are shown of a chain. */
const MOST_STEPS = 4

/** The words that labels of operations begin with; before others stands a name of the user's. */
const OPERATION =
  /^((?:inner|left|right|full|semi|anti) join|from\w*|read\w+|write\w+|generateSequence|map\w*|flatMap|filter|derive|project|union|distinct|first|reduce\w*|combineGroup|aggregate|groupBy|minBy|maxBy|coGroup|cross|sort|partition|zipWithIndex|sample|cache|iterate\w*|current|workset|solution|look-up)\b[ ,:]*(.*)$/s

/** What is written into a box, and how large it has to be for it. */
export function boxText(box: PlanBox): BoxText {
  const [first = '', ...further] = box.steps
  const [head, detail] = headOf(first)
  const shown = further.length > MOST_STEPS ? further.slice(0, MOST_STEPS - 1) : further
  const lines = [
    ...(detail === '' ? [] : broken(detail, WIDEST, DETAIL, further.length > 0 ? 1 : 2)),
    ...shown.map(step => fitted(`→ ${step}`, WIDEST, DETAIL)),
    ...(shown.length < further.length ? [`→ ${further.length - shown.length} more`] : []),
  ]
  const figures = figuresOf(box)
  const title = fitted(head, WIDEST, HEAD, true)
  const widest = Math.max(
    measured(title, HEAD, true),
    ...[...lines, figures].map(line => measured(line, DETAIL)),
  )
  const rows = 1 + lines.length + (figures === '' ? 0 : 1)
  return {
    head: title,
    lines,
    figures,
    width: Math.max(70, Math.ceil(widest) + 2 * PADDING),
    height: rows * LEADING + 2 * PADDING - 4,
  }
}

/** Everything about a box, for its tooltip. */
export function boxTip({ steps, reasons, estimatedRows, actual }: PlanBox): string {
  const facts = [
    ...(estimatedRows === undefined ? [] : [`estimated: ~${countText(estimatedRows)} records`]),
    ...(actual === undefined
      ? []
      : [`ran: ${countText(actual.rowsOut)} records in ${durationText(actual.milliseconds)}`]),
    ...(actual?.spilledBytes ? [`written to disk: ${bytesText(actual.spilledBytes)}`] : []),
  ]
  return [steps.join('\n→ '), ...reasons.map(reason => `· ${reason}`), ...facts].join('\n')
}

function headOf(label: string): [head: string, detail: string] {
  const found = OPERATION.exec(label)
  if (found !== null) return [found[1]!, found[2]!]
  const colon = label.indexOf(': ')
  return colon > 0 ? [label.slice(0, colon), label.slice(colon + 2)] : [label, '']
}

function figuresOf({ estimatedRows, actual }: PlanBox): string {
  if (actual === undefined) {
    return estimatedRows === undefined ? '' : `~${rows(estimatedRows)}`
  }
  const { rowsOut, milliseconds, spilledBytes } = actual
  const parts = [rows(rowsOut), durationText(milliseconds)]
  if (spilledBytes > 0) parts.push(`${bytesText(spilledBytes)} on disk`)
  return parts.join(' · ')
}

function rows(count: number): string {
  return `${countText(count)} ${Math.round(count) === 1 ? 'row' : 'rows'}`
}
