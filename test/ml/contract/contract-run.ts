/** What the tests of the contract do with an entry. */
import { type DataSet, ExecutionEnvironment, SparseVector } from '../../../engine/index.js'
import type { AnyEstimator, AnyModel, Model } from '../../../ml/index.js'
import type { ContractEntry, Row } from './contract-entry.js'

export type Applied = Model<Row, Row>

const on = (workers: number) => new ExecutionEnvironment({ parallelism: workers })
export const dataOf = (records: readonly Row[], workers = 1) =>
  on(workers).from(records) as DataSet<object>

export function estimatorOf(
  { factory, options, features }: ContractEntry,
  more: Row = {},
): AnyEstimator {
  const given = features === undefined ? {} : { features }
  return factory({ ...given, ...options, ...more } as never)
}

export function learned(
  entry: ContractEntry,
  records = entry.records,
  more: Row = {},
): Promise<AnyModel> {
  return estimatorOf(entry, more).learn(dataOf(records), {})
}

export const apply = (model: AnyModel, records: readonly Row[]) =>
  (model as Applied).transform(dataOf(records) as never).collect() as Promise<Row[]>

/** The same records with vectors beside fields with numbers. */
export function vectors(
  records: readonly Row[],
  features: readonly string[],
  sparse: boolean,
): Row[] {
  return records.map(record => {
    const values = Float64Array.from(features, name => Number(record[name]))
    const kept = features.flatMap((_, k) => (values[k] === 0 ? [] : [k]))
    const vector = sparse
      ? new SparseVector(
          features.length,
          kept,
          kept.map(k => values[k]!),
        )
      : values
    return { ...record, vector }
  })
}

export const withField = (
  records: readonly Row[],
  row: number,
  name: string,
  value: unknown,
): Row[] => records.map((record, k) => (k === row ? { ...record, [name]: value } : record))

/** Typed arrays as lists, so that texts can be compared. */
export function numbers(_: string, value: unknown): unknown {
  return ArrayBuffer.isView(value) ? Array.from(value as Float64Array) : value
}

export function dense(value: unknown): unknown {
  if (value instanceof SparseVector) return Array.from(value.toDense())
  if (ArrayBuffer.isView(value)) return Array.from(value as Float64Array)
  return Array.isArray(value) ? value.map(dense) : value
}

/** Asserts that two values are the same but for numbers, which may differ by `within` relatively. */
export function close(
  t: { true(value: boolean, message?: string): unknown },
  a: unknown,
  b: unknown,
  within: number,
  path = '',
): void {
  if (typeof a === 'number' && typeof b === 'number') {
    const fine =
      Object.is(a, b) ||
      a === b ||
      Math.abs(a - b) <= within * Math.max(1, Math.abs(a), Math.abs(b))
    return void t.true(fine, `${path}: ${a} and ${b}`)
  }
  if (typeof a !== 'object' || a === null || typeof b !== 'object' || b === null) {
    return void t.true(Object.is(a, b), `${path}: ${String(a)} and ${String(b)}`)
  }
  const keys = Object.keys(a)
  if (keys.length !== Object.keys(b).length) return void t.true(false, `${path}: other keys`)
  for (const key of keys) close(t, (a as Row)[key], (b as Row)[key], within, `${path}.${key}`)
}
