/** What libraries do with a user's data sets, besides what users do with them. */
import { type ComputeColumns, planNode } from '../plan/node.js'
import type { RecordBatch } from '../types/batch.js'
import type { DataSet } from './data-set.js'
import type { ExecutionEnvironment } from './environment.js'
import { type FunctionOptions, userFunction } from './function-options.js'
import type { RunOptions } from './host.js'
import { fieldsOf } from './keys.js'
import { otherSide } from './other-side.js'

/** A data set of any records. */
export type AnyDataSet = Pick<DataSet<unknown>, 'node'>

/**
 * The environment that a data set belongs to.
 *
 * @example environmentOf(words) === defaultEnvironment() // true
 */
export function environmentOf(data: AnyDataSet): ExecutionEnvironment {
  return (data as DataSet<unknown>).host as ExecutionEnvironment
}

/**
 * Runs several data sets of one environment as one job.
 *
 * @returns By data set: its records in order, batch by batch.
 * @throws {PlanError} If they belong to different environments.
 * @example const [wordBatches, peopleBatches] = await collectTogether([words, people], 'load')
 */
export async function collectTogether(
  dataSets: readonly AnyDataSet[],
  operation: string,
  options?: RunOptions,
): Promise<readonly (readonly RecordBatch[])[]> {
  const [first] = dataSets
  if (first === undefined) return []
  const host = environmentOf(first)
  const nodes = dataSets.map(data => otherSide(host, data, operation))
  return (await host.run(nodes, options)).batches
}

/**
 * As `DataSet.selectAs`; errors name the library's own operation.
 *
 * @param names For each new name the field that it takes.
 * @example selectFields(people, { born: 'age' }, 'births')
 */
export function selectFields<U>(
  data: AnyDataSet,
  names: Readonly<Record<string, string>>,
  operation: string,
): DataSet<U> {
  const from = fieldsOf(Object.values(names), operation)
  const fields = Object.keys(names).map((as, k) => ({ from: from[k]!, as }))
  return environmentOf(data).dataSet(
    planNode({ kind: 'project', input: data.node, fields, operation }),
  )
}

/**
 * As `DataSet.derive` with one field; errors and `explain()` name the library's own operation.
 *
 * @param fn A function of the record, or a formula.
 * @example deriveField(people, 'born', (p: { age: number }) => 2026 - p.age, 'addBirthYears')
 */
export function deriveField<U>(
  data: AnyDataSet,
  as: string,
  fn: unknown,
  operation: string,
  options?: FunctionOptions<unknown>,
): DataSet<U> {
  const column = Object.freeze({ as, fn: userFunction(fn, operation, options) })
  return environmentOf(data).dataSet(
    planNode({ kind: 'derive', input: data.node, columns: [column] }),
  )
}

/** What `addColumns` adds, and of what. */
export interface AddedColumns {
  /** The fields that `compute` gets. */
  readonly reads: readonly string[]
  /** The fields that it gives; those that the records have are replaced. */
  readonly adds: readonly string[]
  /** From the columns that are read to those that are added; called once per batch. */
  readonly compute: ComputeColumns
  /** What it does, for `explain()`. */
  readonly label: string
}

/**
 * The records with further fields that are computed for many records at once; runs on the calling
 * thread. Nothing runs if nobody reads what it adds.
 *
 * @param operation What the user called, for errors and `explain()`.
 * @throws {SchemaError} When run, if a field that is read is unknown or the records are not objects.
 * @example
 * const doubled = addColumns<{ name: string; twice: number }>(people, {
 *   reads: ['age'],
 *   adds: ['twice'],
 *   compute: ([age], length) => [
 *     new Float64Column(Float64Array.from({ length }, (_, k) => 2 * Number(age.get(k)))),
 *   ],
 *   label: 'double age',
 * }, 'double')
 */
export function addColumns<U>(
  data: AnyDataSet,
  columns: AddedColumns,
  operation: string,
): DataSet<U> {
  return environmentOf(data).dataSet(
    planNode({ kind: 'addColumns', input: data.node, ...columns, operation }),
  )
}
