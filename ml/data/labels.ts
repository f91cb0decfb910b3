import { type Column, isMissingAt, type Region, shown } from '../../engine/extend.js'
import { ArgumentError, SchemaError } from '../../engine/index.js'
import { numbersOf } from './numbers.js'

/** A class: what labels of classifiers are. */
export type ClassLabel = string | number | boolean

/** The labels of records as numbers of classes. */
export interface Classes<C extends ClassLabel = ClassLabel> {
  /** The distinct labels, ascending: `false` before `true`, numbers by size, texts by code units. */
  readonly classes: readonly C[]
  /** By record: which of them. In the region. */
  readonly codes: Int32Array
}

/**
 * Labels that are numbers.
 *
 * @throws {SchemaError} If one is missing or no finite number; names the record.
 */
export function numericLabels(
  column: Column,
  name: string,
  operation: string,
  region: Region,
): Float64Array {
  return region.float64(numbersOf(column, name, { operation, label: true }))
}

/**
 * Labels that are classes.
 *
 * @param most How many classes there may be at most.
 * @throws {SchemaError} If a label is missing, or neither a text, a number nor a switch, or labels are of
 *   several types; names the record.
 * @throws {ArgumentError} If there is one class only, or more than `most`, or many numbers with fractions.
 */
export function classLabels<C extends ClassLabel>(
  column: Column,
  name: string,
  operation: string,
  region: Region,
  most = Number.POSITIVE_INFINITY,
): Classes<C> {
  const { length } = column
  const found = new Map<unknown, number>()
  const codes = region.int32(length)
  for (let row = 0; row < length; row++) {
    const label = isMissingAt(column, row) ? null : column.get(row)
    let code = found.get(label)
    if (code === undefined) {
      checkLabel(label, row, name, operation)
      code = found.size
      found.set(label, code)
    }
    codes[row] = code
  }
  const labels = [...found.keys()] as C[]
  checkClasses(labels, name, operation, most)
  const classes = labels.toSorted((a, b) => (a < b ? -1 : 1))
  const place = labels.map(label => classes.indexOf(label))
  for (let row = 0; row < length; row++) codes[row] = place[codes[row]!]!
  return { classes: Object.freeze(classes), codes }
}

/** The most classes that are fractions: stars in halves are few, measurements many. */
const FRACTIONS = 20

/** @throws {ArgumentError} If classes are numbers as one would measure them. */
function checkNumbers(labels: readonly ClassLabel[], name: string, operation: string): void {
  if (labels.length <= FRACTIONS) return
  const fraction = labels.find(label => typeof label === 'number' && !Number.isInteger(label))
  if (fraction === undefined) return
  throw new ArgumentError(
    `${operation}: field "${name}" has ${labels.length} different numbers, such as ${fraction}, which are no classes. Predict numbers by regression, such as linearRegression, or make classes of them with map.`,
  )
}

function checkLabel(label: unknown, row: number, name: string, operation: string): void {
  const type = typeof label
  if (type === 'string' || type === 'boolean' || Number.isFinite(label)) return
  throw new SchemaError(
    `${operation}: record ${row} has ${label === null ? 'nothing' : shown(label)} in field "${name}", which is not a class. Classes are texts, numbers, or true and false.`,
  )
}

function checkClasses(
  labels: readonly ClassLabel[],
  name: string,
  operation: string,
  most: number,
): void {
  const types = new Set(labels.map(label => typeof label))
  if (types.size > 1) {
    throw new SchemaError(
      `${operation}: field "${name}" has classes of several types: ${[...types].join(' and ')}. Make them one type with map.`,
    )
  }
  checkNumbers(labels, name, operation)
  if (labels.length < 2) {
    throw new ArgumentError(
      `${operation}: field "${name}" has one class only, ${shown(labels[0])}; two at least are needed to tell apart.`,
    )
  }
  if (labels.length > most) {
    throw new ArgumentError(
      `${operation}: field "${name}" has ${labels.length} classes; ${most} at most can be told apart here.${most === 2 ? ' For more there is oneVersusRest(...) around it.' : ''}`,
    )
  }
}
