/** True and predicted classes by record, and what a table of both says. */
import { type AnyDataSet, type Column, isMissingAt, shown } from '../../engine/extend.js'
import { ArgumentError, SchemaError } from '../../engine/index.js'
import type { ClassLabel } from '../data/labels.js'
import type { ClassOptions, MetricRun, PredictionFields } from './metric.js'
import { readScored } from './read-numbers.js'

/** How much weight each pair of a true and a predicted class has. */
export interface ClassTable {
  /** All classes that occur, ascending. */
  readonly classes: readonly ClassLabel[]
  /** By true class and predicted class: place `actual * classes.length + predicted`. */
  readonly counts: Float64Array
  /** The weight of the true class. */
  readonly actual: Float64Array
  /** The weight of the predicted class. */
  readonly predicted: Float64Array
  /** The weight of all records. */
  readonly total: number
}

/**
 * Reads true and predicted classes, and counts how often which meets which.
 *
 * @param options.classes Classes that there are, though they may not occur.
 * @throws {ArgumentError} If there are no records, or weights are wrong.
 * @throws {SchemaError} If a field is unknown, a value is missing or no class, types differ, or there are
 *   fractions on one side only, as regression predicts them.
 */
export async function readClassTable(
  data: AnyDataSet,
  options: PredictionFields<string> & ClassOptions,
  run: MetricRun,
): Promise<ClassTable> {
  const { label, prediction = 'prediction', weight, classes: known = [] } = options
  checkKnown(known, run.operation)
  const { length, weights, column } = await readScored(data, [label, prediction], weight, run)
  const found = new Map<ClassLabel, number>(known.map((name, code) => [name, code]))
  const codes = [label, prediction].map(name => codesOf(column(name), name, found, run.operation))
  const names = [...found.keys()]
  checkOneType(names, [label, prediction], run.operation)
  checkFractions(names, known, codes, [label, prediction], run.operation)
  const classes = names.toSorted((a, b) => (a < b ? -1 : 1))
  const place = Int32Array.from(names, name => classes.indexOf(name))
  const size = classes.length
  const counts = new Float64Array(size * size)
  const [actual, predicted] = codes as [Int32Array, Int32Array]
  for (let row = 0; row < length; row++) {
    const at = place[actual[row]!]! * size + place[predicted[row]!]!
    counts[at]! += weights === null ? 1 : weights[row]!
  }
  return tableOf(classes, counts)
}

/** The sums of a table. */
function tableOf(classes: readonly ClassLabel[], counts: Float64Array): ClassTable {
  const size = classes.length
  const actual = new Float64Array(size)
  const predicted = new Float64Array(size)
  for (let k = 0; k < counts.length; k++) {
    actual[Math.floor(k / size)]! += counts[k]!
    predicted[k % size]! += counts[k]!
  }
  const total = actual.reduce((sum, count) => sum + count, 0)
  return { classes: Object.freeze([...classes]), counts, actual, predicted, total }
}

/**
 * The classes of a column as numbers; new ones get the next number.
 *
 * @param found Class to number; grows.
 * @throws {SchemaError} If a value is missing or no class; names the record.
 */
export function codesOf(
  column: Column,
  name: string,
  found: Map<ClassLabel, number>,
  operation: string,
): Int32Array {
  const codes = new Int32Array(column.length)
  for (let row = 0; row < codes.length; row++) {
    const value = isMissingAt(column, row) ? null : (column.get(row) as ClassLabel)
    let code = found.get(value as ClassLabel)
    if (code === undefined) {
      checkClass(value, row, name, operation)
      code = found.size
      found.set(value as ClassLabel, code)
    }
    codes[row] = code
  }
  return codes
}

/** @throws {SchemaError} If classes have several types: comparing them would never find equal ones. */
export function checkOneType(
  classes: readonly ClassLabel[],
  names: readonly string[],
  operation: string,
): void {
  const types = new Set(classes.map(name => typeof name))
  if (types.size < 2) return
  throw new SchemaError(
    `${operation}: fields ${names.map(name => `"${name}"`).join(' and ')} have classes of several types: ${[...types].join(' and ')}. Make them one type with map.`,
  )
}

/**
 * @throws {SchemaError} If a fraction occurs on one side only and nobody said that it is a class. It is a
 *   number of regression then, which is hardly ever equal to another one.
 */
function checkFractions(
  names: readonly ClassLabel[],
  known: readonly ClassLabel[],
  codes: readonly Int32Array[],
  fields: readonly string[],
  operation: string,
): void {
  const isFraction = names.map(name => typeof name === 'number' && !Number.isInteger(name))
  if (!isFraction.includes(true)) return
  const both = codes.map(own => new Set(own))
  for (const [side, own] of codes.entries()) {
    const other = both[1 - side]!
    const row = own.findIndex(code => isFraction[code] && code >= known.length && !other.has(code))
    if (row < 0) continue
    throw new SchemaError(
      `${operation}: record ${row} has ${String(names[own[row]!])} in field "${fields[side]}", which never occurs in field "${fields[1 - side]}", so that it looks like a number and not like a class. For predictions of numbers there are rootMeanSquaredError and r2; of classes that are fractions give the list: classes.`,
    )
  }
}

function checkClass(value: unknown, row: number, name: string, operation: string): void {
  const type = typeof value
  if (type === 'string' || type === 'boolean' || Number.isFinite(value)) return
  throw new SchemaError(
    `${operation}: record ${row} has ${value === null ? 'nothing' : shown(value)} in field "${name}", which is not a class. Classes are texts, numbers, or true and false.`,
  )
}

/** @throws {ArgumentError} Unless `classes` is a list of classes. */
export function checkKnown(classes: unknown, operation: string): void {
  const isClass = (value: unknown) =>
    ['string', 'boolean'].includes(typeof value) || Number.isFinite(value)
  if (Array.isArray(classes) && classes.every(isClass)) return
  throw new ArgumentError(
    `${operation}: classes must be a list of texts, numbers, or true and false; got ${shown(classes)}.`,
  )
}

/**
 * The place of the positive class: the one that is asked for, else the second of two.
 *
 * @throws {ArgumentError} If it is unknown, or there are not two classes to choose from.
 */
export function positiveOf(
  classes: readonly ClassLabel[],
  positive: ClassLabel | undefined,
  operation: string,
): number {
  if (positive !== undefined) {
    const place = classes.indexOf(positive)
    if (place >= 0) return place
    throw new ArgumentError(
      `${operation}: positive must be one of the classes ${classes.map(shown).join(', ')}; got ${shown(positive)}.`,
    )
  }
  if (classes.length === 2) return 1
  // Of switches it is known which class is missing.
  if (classes.length === 1 && typeof classes[0] === 'boolean') return classes[0] ? 0 : -1
  throw new ArgumentError(
    `${operation}: ${classes.length === 1 ? `only the class ${shown(classes[0])} occurs` : `there are ${classes.length} classes, ${classes.slice(0, 5).map(shown).join(', ')}`}. Say which one counts as positive, or give an average.`,
  )
}
