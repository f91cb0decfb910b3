import {
  type AnyDataSet,
  type Column,
  collectTogether,
  concatColumns,
  createKernelTeam,
  environmentOf,
  type KernelTeam,
  loadKernels,
  type RecordBatch,
  type Region,
  selectFields,
} from '../../engine/extend.js'
import { ArgumentError, type ExecutionEnvironment, SchemaError } from '../../engine/index.js'
import { checkDataSet } from './check-data-set.js'
import type { Features } from './features.js'
import { type Numbers, numbersOf } from './numbers.js'
import { takeRegion } from './region-pool.js'
import type { RowBlocks } from './row-blocks.js'
import type { DenseRows, Rows } from './rows.js'

/** Entries that are copied at a time. */
const PIECE = 16_384

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

/** Data in memory, ready to learn from. All arrays lie in the region, which the next fit gets. */
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

/** Fields in memory, of which nothing is copied yet. */
export interface TrainingColumns extends Pick<TrainingData, 'environment' | 'column'> {
  /** The features, to be read a block at a time; `null` where they can be read only as a whole. */
  readonly blocks: RowBlocks | null
  /** A name for each feature, for as many as there are. */
  names(size: number): readonly string[]
  /** By record, as in `TrainingData`, but where they lie. */
  readonly weights: Numbers | null
  /**
   * The features where they lie, or put together for that: for who goes over them on the calling thread.
   *
   * @throws {SchemaError} If a value is no finite number; names record and field.
   */
  rows(): Rows
  /** A region for as long as the fit runs; arrays of it must not be kept. */
  region(): Region
  /**
   * Copies features and weights into such a region.
   *
   * @throws {SchemaError} If a value is no finite number; names record and field.
   */
  inRegion(): Promise<TrainingData>
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
  fields: TrainingFields,
  run: ReadRun,
): Promise<TrainingData> {
  return (await trainingColumns(data, fields, run)).inRegion()
}

/**
 * The same before anything is copied, for who reads features a block at a time.
 *
 * @throws As `trainingData`, but values of features are looked at later.
 */
export async function trainingColumns(
  data: AnyDataSet,
  { features, weight, others = [], missing = false }: TrainingFields,
  run: ReadRun,
): Promise<TrainingColumns> {
  const { operation, signal } = run
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
  const read = features.reads.map(name => columns.get(name)!)
  const options = { operation, missing }
  const whole = () => full(features.rows(read, length, undefined, options))
  const full = <R extends { readonly size: number }>(rows: R): R => {
    if (rows.size > 0) return rows
    throw new ArgumentError(`${operation}: the vectors of "${features.reads[0]}" have no entries.`)
  }
  const lying = features.blocks(read, length, options)
  const blocks = lying && full(lying)
  const weights = weight === undefined ? null : weightsOf(columns.get(weight)!, weight, operation)
  const common = {
    environment: environmentOf(data),
    column: (name: string) => columns.get(name)!,
  }
  return {
    ...common,
    blocks,
    names: size => features.names(size),
    weights,
    rows: whole,
    region: () => takeRegion(run),
    async inRegion() {
      const region = takeRegion(run)
      const rows = blocks === null ? inRegion(whole(), region) : await copied(blocks, region)
      const names = features.names(rows.size)
      return { ...common, region, rows, names, weights: weights && region.float64(weights) }
    },
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

/** Copies rows a piece at a time, and looks at the values of each while they are in the cache. */
async function copied(blocks: RowBlocks, region: Region): Promise<DenseRows> {
  const { length, size } = blocks
  const { dot } = await loadKernels('vectors', region)
  const values = region.float64ToFill(length * size)
  const mark = region.mark()
  const step = Math.max(1, Math.floor(PIECE / size))
  const zeros = region.float64(Math.min(step, length) * size)
  let checked = false
  for (let from = 0; from < length; from += step) {
    const to = Math.min(from + step, length)
    const piece = values.subarray(from * size, to * size)
    blocks.read(from, to, piece)
    // 0 times what is finite is 0.
    if (checked || dot(piece, zeros.subarray(0, piece.length)) === 0) continue
    // Either it throws, or what is missing may be.
    blocks.check()
    checked = true
  }
  region.free(mark)
  return { kind: 'dense', length, size, values }
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
export function weightsOf(column: Column, name: string, operation: string): Numbers {
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
