import {
  type AnyDataSet,
  type Column,
  collectTogether,
  concatColumns,
  createKernelTeam,
  createRegion,
  environmentOf,
  type KernelTeam,
  type RecordBatch,
  type Region,
  selectFields,
} from '../../engine/extend.js'
import { ArgumentError, type ExecutionEnvironment, SchemaError } from '../../engine/index.js'
import { checkDataSet } from './check-data-set.js'
import type { Features } from './features.js'
import { numbersOf } from './numbers.js'
import type { Rows } from './rows.js'

/** What of the data an estimator learns from. */
export interface TrainingFields {
  readonly features: Features
  /** A field with a weight for each record. */
  readonly weight?: string | undefined
  /** Further fields that are read, such as a label. */
  readonly others?: readonly string[]
  /** Whether features may be missing; they are NaN then. Default `false`. */
  readonly missing?: boolean
}

/** For whom data are read. */
export interface ReadRun {
  /** What the user called, for errors. */
  readonly operation: string
  /** Stops it when aborted. */
  readonly signal?: AbortSignal
}

/** Data in memory, ready to learn from. All arrays lie in the region. */
export interface TrainingData {
  readonly environment: ExecutionEnvironment
  readonly region: Region
  /** The features, by record. */
  readonly rows: Rows
  /** A name for each feature. */
  readonly names: readonly string[]
  /** By record, not negative, with a sum above 0; `null` where each counts the same. */
  readonly weights: Float64Array | null
  /** The further fields. */
  column(name: string): Column
}

/**
 * Reads what an estimator learns from.
 *
 * @throws {ArgumentError} If there are no records, or no features, or a further field is a feature, too.
 * @throws {SchemaError} If a field is unknown or a value cannot be used; names record and field.
 * @throws {AbortError} If the signal was aborted.
 */
export async function trainingData(
  data: AnyDataSet,
  { features, weight, others = [], missing = false }: TrainingFields,
  { operation, signal }: ReadRun,
): Promise<TrainingData> {
  const twice = others.find(name => features.reads.includes(name))
  if (twice !== undefined) {
    throw new ArgumentError(
      `${operation}: field "${twice}" is among the features, but also what is to be learned. Leave it out of the features.`,
    )
  }
  const more = weight === undefined ? others : [...others, weight]
  const columns = await readColumns(data, [...features.reads, ...more], operation, signal).catch(
    error => {
      throw withAdvice(error, features)
    },
  )
  const length = columns.values().next().value!.length
  if (length === 0) {
    throw new ArgumentError(`${operation}: there are no records to learn from.`)
  }
  const region = createRegion()
  const allocate = (entries: number) => region.float64(entries)
  const read = features.reads.map(name => columns.get(name)!)
  const found = features.rows(read, length, undefined, { operation, missing, allocate })
  if (found.size === 0) {
    throw new ArgumentError(`${operation}: the vectors of "${features.reads[0]}" have no entries.`)
  }
  const rows = features.isVector ? inRegion(found, region) : found
  const weights = weight === undefined ? null : weightsOf(columns.get(weight)!, weight, operation)
  return {
    environment: environmentOf(data),
    region,
    rows,
    names: features.names(rows.size),
    weights: weights && region.float64(weights),
    column: name => columns.get(name)!,
  }
}

/** The commonest slip: nobody said which fields to learn from. */
function withAdvice(error: unknown, { fields }: Features): unknown {
  const missing = 'field "features" is not in the data'
  if (fields !== 'features' || !(error instanceof SchemaError)) return error
  if (!error.message.includes(missing)) return error
  return new SchemaError(
    `${error.message} Say what to learn from, such as features: ["distance", "hours"], or let a step before write it.`,
    { cause: error },
  )
}

/**
 * Some fields of all records, whole, in the order of the records.
 *
 * @throws {ArgumentError} If it is no data set.
 * @throws {SchemaError} If a field is unknown.
 */
export async function readColumns(
  data: AnyDataSet,
  names: readonly string[],
  operation: string,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, Column>> {
  checkDataSet(data, operation)
  const fields = [...new Set(names)]
  const selected = selectFields(
    data,
    Object.fromEntries(fields.map(name => [name, name])),
    operation,
  )
  const [batches] = await collectTogether(
    [selected],
    operation,
    signal === undefined ? {} : { signal },
  )
  return new Map(fields.map(name => [name, whole(batches!, name)]))
}

/**
 * Runs work on as many threads as the environment has.
 *
 * @throws {AbortError} If the signal was aborted.
 */
export async function withTeam<T>(
  { environment, region }: Pick<TrainingData, 'environment' | 'region'>,
  signal: AbortSignal | undefined,
  work: (team: KernelTeam) => Promise<T>,
): Promise<T> {
  const team = createKernelTeam(region, {
    workers: environment.parallelism,
    ...(signal === undefined ? {} : { signal }),
  })
  try {
    return await work(team)
  } finally {
    team.close()
  }
}

/** A weight for each record, in the region: 1 where there are none. */
export function recordWeights({ region, rows, weights }: TrainingData): Float64Array {
  return weights ?? region.float64(rows.length).fill(1)
}

function whole(batches: readonly RecordBatch[], name: string): Column {
  return concatColumns(batches.map(batch => batch.find(name)!))
}

function inRegion(rows: Rows, region: Region): Rows {
  const values = region.float64(rows.values)
  if (rows.kind === 'dense') return { ...rows, values }
  return {
    ...rows,
    offsets: region.int32(rows.offsets),
    indices: region.int32(rows.indices),
    values,
  }
}

/**
 * The weights of records, checked.
 *
 * @throws {ArgumentError} If one is negative, or none is above 0.
 */
export function weightsOf(column: Column, name: string, operation: string): ArrayLike<number> {
  const weights = numbersOf(column, name, { operation })
  let sum = 0
  for (let row = 0; row < weights.length; row++) {
    const weight = weights[row]!
    if (weight < 0) {
      throw new ArgumentError(
        `${operation}: weights must not be negative; record ${row} has ${weight} in field "${name}".`,
      )
    }
    sum += weight
  }
  if (sum > 0) return weights
  throw new ArgumentError(`${operation}: no weight in field "${name}" is above 0.`)
}
