import { type Column, requiredOptions, SparseColumn, VectorColumn } from '../../engine/extend.js'
import { ArgumentError, SchemaError } from '../../engine/index.js'
import type { ModelCard } from '../core/card.js'
import { overColumns } from '../core/computation.js'
import { Estimator } from '../core/estimator.js'
import { Model } from '../core/model.js'
import type { FeatureVector } from '../data/feature-fields.js'
import type { ReadOptions } from '../data/features.js'
import { fieldName } from '../data/field-name.js'
import { readNumbers } from '../data/numbers.js'
import type { Rows } from '../data/rows.js'
import { readColumns } from '../data/training-data.js'
import { readVectors } from '../data/vectors.js'
import { fieldList } from './field-list.js'

/** Options of `vectorAssembler`. */
export interface VectorAssemblerOptions<F extends readonly string[], O extends string> {
  /** Fields with a number or a vector each. */
  readonly fields: F
  /** The field for the vectors. Default `'features'`. */
  readonly output?: O
}

/** What `vectorAssembler` reads. */
export type AssemblerNeeds<F extends readonly string[]> = {
  readonly [P in F[number]]: number | boolean | FeatureVector
}

/** Puts fields together as one vector. */
export class VectorAssemblerModel<F extends readonly string[], O extends string> extends Model<
  AssemblerNeeds<F>,
  { [P in O]: FeatureVector }
> {
  /** By field how many entries it has: 1 for numbers. */
  readonly sizes: readonly number[]
  readonly #state: AssemblerState

  /** @internal Made by `vectorAssembler(...).fit`. */
  constructor(state: AssemblerState) {
    const { fields, output, sizes, vectors } = state
    super(
      NAME,
      overColumns(fields, [output], (columns, length, first) => {
        const options = { operation: NAME, first }
        const parts = columns.map((column, k) => partOf(column, fields[k]!, vectors[k]!, options))
        if (length > 0) checkSizes(parts, state)
        return [state.sparse ? sparse(parts, length, sizes) : dense(parts, length, sizes)]
      }),
    )
    this.sizes = Object.freeze([...sizes])
    this.#state = state
  }

  /** A name for each entry of the vectors: that of its field, with its place in it for vectors. */
  get names(): readonly string[] {
    const { fields, vectors } = this.#state
    return fields.flatMap((field, k) =>
      vectors[k]
        ? Array.from({ length: this.sizes[k]! }, (_, place) => `${field}[${place}]`)
        : [field],
    )
  }

  protected override state(): AssemblerState {
    return this.#state
  }

  override card(): ModelCard {
    const { fields, output, sizes, sparse } = this.#state
    return {
      title: NAME,
      facts: { output, sparse, features: sizes.reduce((a, b) => a + b, 0) },
      table: { names: ['field', 'entries'], rows: fields.map((field, k) => [field, sizes[k]!]) },
    }
  }
}

/**
 * Puts numbers and vectors together as one vector, in the order of the fields. It is sparse where one of
 * the vectors was so when it was learned, else dense. Switches count as 0 and 1.
 *
 * @param options.fields Numbers, switches, dense and sparse vectors.
 * @param options.output Default `'features'`.
 * @throws {ArgumentError} If an option is unknown or wrong.
 * @throws {SchemaError} By `fit`, if a value is missing or neither a number nor a vector; later also if a
 *   vector has another size.
 * Cost: O(entries).
 * @example
 * const places = from([{ at: Float64Array.of(0.5, 7), open: true }])
 * const model = await vectorAssembler({ fields: ['open', 'at'] }).fit(places)
 * model.transform(places).select('features') // { features: Float64Array(3) [ 1, 0.5, 7 ] }
 */
export function vectorAssembler<
  const F extends readonly string[],
  const O extends string = 'features',
>(options: VectorAssemblerOptions<F, O>): Estimator<AssemblerNeeds<F>, VectorAssemblerModel<F, O>> {
  requiredOptions(options, ['fields', 'output'], NAME)
  const fields = fieldList(options.fields, NAME)
  const output = fieldName(options.output ?? 'features', NAME, 'output')
  return new Estimator(NAME, { fields, output }, async (data, { operation, signal }) => {
    const columns = await readColumns(data, fields, operation, signal)
    if (columns.get(fields[0]!)!.length === 0) {
      throw new ArgumentError(`${NAME}: there are no records to learn from.`)
    }
    const vectors = fields.map(field => isVector(columns.get(field)!))
    const parts = fields.map((field, k) =>
      partOf(columns.get(field)!, field, vectors[k]!, { operation }),
    )
    return new VectorAssemblerModel<F, O>({
      fields,
      output,
      vectors,
      sizes: parts.map(({ size }) => size),
      sparse: parts.some(({ kind }) => kind === 'sparse'),
    })
  })
}

/** @internal A saved model. */
export function restoreVectorAssembler(
  state: AssemblerState,
): VectorAssemblerModel<readonly string[], string> {
  return new VectorAssemblerModel(state)
}

const NAME = 'vectorAssembler'

interface AssemblerState {
  readonly fields: readonly string[]
  readonly output: string
  readonly sizes: readonly number[]
  /** By field whether it holds vectors. */
  readonly vectors: readonly boolean[]
  readonly sparse: boolean
}

function isVector(column: Column): boolean {
  if (column.layout === 'vector' || column.layout === 'sparse') return true
  if (column.layout !== 'any') return false
  const first = column.values.find(value => value != null)
  return typeof first === 'object'
}

function partOf(column: Column, name: string, vector: boolean, options: ReadOptions): Rows {
  return vector
    ? readVectors(column, name, options)
    : readNumbers([column], [name], column.length, options)
}

function checkSizes(parts: readonly Rows[], { fields, sizes }: AssemblerState): void {
  const wrong = parts.findIndex(({ size }, k) => size !== sizes[k])
  if (wrong < 0) return
  throw new SchemaError(
    `${NAME}: field "${fields[wrong]}" has vectors of ${parts[wrong]!.size} entries; the model was made of ${sizes[wrong]}.`,
  )
}

function dense(parts: readonly Rows[], length: number, sizes: readonly number[]): VectorColumn {
  const size = sizes.reduce((a, b) => a + b, 0)
  const values = new Float64Array(length * size)
  let start = 0
  for (const part of parts) {
    forEach(part, (row, k, value) => {
      values[row * size + start + k] = value
    })
    start += part.size
  }
  return new VectorColumn(values, size, length)
}

function sparse(parts: readonly Rows[], length: number, sizes: readonly number[]): SparseColumn {
  const size = sizes.reduce((a, b) => a + b, 0)
  const offsets = new Int32Array(length + 1)
  for (const part of parts) {
    forEach(part, (row, _, value) => {
      if (value !== 0) offsets[row + 1]!++
    })
  }
  for (let row = 0; row < length; row++) offsets[row + 1]! += offsets[row]!
  const next = offsets.slice()
  const indices = new Int32Array(offsets[length]!)
  const values = new Float64Array(offsets[length]!)
  let start = 0
  for (const part of parts) {
    forEach(part, (row, k, value) => {
      if (value === 0) return
      const at = next[row]!++
      indices[at] = start + k
      values[at] = value
    })
    start += part.size
  }
  return new SparseColumn(offsets, indices, values, size)
}

function forEach(rows: Rows, use: (row: number, entry: number, value: number) => void): void {
  const { length, size, values } = rows
  if (rows.kind === 'dense') {
    for (let row = 0, at = 0; row < length; row++) {
      for (let k = 0; k < size; k++, at++) use(row, k, values[at]!)
    }
    return
  }
  for (let row = 0; row < length; row++) {
    for (let at = rows.offsets[row]!; at < rows.offsets[row + 1]!; at++) {
      use(row, rows.indices[at]!, values[at]!)
    }
  }
}
