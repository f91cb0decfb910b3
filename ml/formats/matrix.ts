/** To and from the matrices of `ml-matrix`. */
import { Matrix } from 'ml-matrix'
import {
  type Column,
  columnsSource,
  Float64Column,
  knownOptions,
  shown,
  VectorColumn,
} from '../../engine/extend.js'
import {
  ArgumentError,
  type DataSet,
  defaultEnvironment,
  type ExecutionEnvironment,
  type FieldOf,
} from '../../engine/index.js'
import type { FeatureFields } from '../data/feature-fields.js'
import { Features } from '../data/features.js'
import { toDense } from '../data/rows.js'
import { readColumns } from '../data/training-data.js'
import type { FeaturesBack } from '../preprocessing/unscaled.js'

/** Options of `toMatrix`. */
export interface ToMatrixOptions<F extends string> {
  /** A field with vectors, or a list of fields with a number each. Default `'features'`. */
  readonly features?: F | readonly F[]
  /** Stops it when aborted. */
  readonly signal?: AbortSignal
}

/**
 * Features as a matrix of `ml-matrix`: a row for each record, a column for each feature.
 *
 * @param options.features Default `'features'`.
 * @throws {ArgumentError} If an option is unknown or wrong.
 * @throws {SchemaError} If a field is unknown, or a value is missing or no finite number.
 * Cost: O(records * features), in memory; sparse vectors become dense.
 * @example
 * const matrix = await toMatrix(flights, { features: ['distance', 'hours'] })
 * matrix.getRow(1) // [ 337, 1.25 ]
 */
export async function toMatrix<T>(
  data: DataSet<T>,
  options: ToMatrixOptions<FieldOf<T>> = {},
): Promise<Matrix> {
  knownOptions(options, ['features', 'signal'], 'toMatrix')
  const features = new Features((options.features ?? 'features') as FeatureFields, 'toMatrix')
  const columns = await readColumns(data, features.reads, 'toMatrix', options.signal)
  const read = features.reads.map(name => columns.get(name)!)
  const rows = toDense(features.rows(read, read[0]!.length, undefined, { operation: 'toMatrix' }))
  const { length, size, values } = rows
  const matrix = new Matrix(length, size)
  for (let row = 0, at = 0; row < length; row++) {
    for (let k = 0; k < size; k++, at++) matrix.set(row, k, values[at]!)
  }
  return matrix
}

/** Options of `fromMatrix`. */
export interface FromMatrixOptions<F extends FeatureFields> {
  /** A field for vectors, or a name for each column. Default `'features'`. */
  readonly features?: F
  /** Where jobs run. Default: the environment behind `from`. */
  readonly environment?: ExecutionEnvironment
}

/**
 * The rows of a matrix of `ml-matrix` as records. The matrix is copied.
 *
 * @param options.features Default `'features'`.
 * @throws {ArgumentError} If it is no matrix, there are not as many names as columns, or an option is
 *   wrong.
 * Cost: O(rows * columns).
 * @example
 * const matrix = await toMatrix(flights, { features: ['distance', 'hours'] })
 * fromMatrix(matrix, { features: ['miles', 'hours'] }).first(1) // { miles: 2475, hours: 5.5 }
 */
export function fromMatrix<const F extends FeatureFields = 'features'>(
  matrix: Matrix,
  options: FromMatrixOptions<F> = {},
): DataSet<FeaturesBack<F>> {
  const operation = 'fromMatrix'
  knownOptions(options, ['features', 'environment'], operation)
  if (!Matrix.isMatrix(matrix)) {
    throw new ArgumentError(
      `${operation}: there must be a matrix of ml-matrix; got ${shown(matrix)}.`,
    )
  }
  const { environment = defaultEnvironment() } = options
  const features = new Features(options.features ?? 'features', operation)
  const { rows, columns } = matrix
  if (!features.isVector && features.reads.length !== columns) {
    throw new ArgumentError(
      `${operation}: there must be a name for each of the ${columns} columns; got ${features.reads.length}.`,
    )
  }
  const made: Record<string, Column> = {}
  if (features.isVector) {
    const values = new Float64Array(rows * columns)
    for (let row = 0; row < rows; row++) {
      for (let k = 0; k < columns; k++) values[row * columns + k] = matrix.get(row, k)
    }
    made[features.reads[0]!] = new VectorColumn(values, columns, rows)
  } else {
    for (const [k, name] of features.reads.entries()) {
      made[name] = new Float64Column(Float64Array.from(matrix.getColumn(k)))
    }
  }
  return environment.read(columnsSource(made, operation))
}
