/** Joins columns and batches end to end, widening where their layouts differ. */
import { adjoiningView, type FixedArray, type FixedArrayType } from './adjoin.js'
import { RecordBatch } from './batch.js'
import {
  AnyColumn,
  BooleanColumn,
  type Column,
  DictionaryColumn,
  Float64Column,
  Int32Column,
  type Layout,
  SparseColumn,
  TextColumn,
  TimestampColumn,
  type Validity,
  VectorColumn,
} from './column.js'
import { Dictionary } from './dictionary.js'

/**
 * All records of `batches`, in order, as one batch of the first one's partition.
 *
 * Fields that some batches lack are missing there; batches of different shapes become values.
 */
export function concatBatches(batches: readonly RecordBatch[]): RecordBatch {
  const full = batches.filter(batch => batch.length > 0)
  if (full.length === 0) return batches[0] ?? new RecordBatch('object', [], [], 0)
  if (full.length === 1) return full[0]!
  const first = full[0]!
  const length = full.reduce((sum, batch) => sum + batch.length, 0)
  const tuple = first.shape === 'tuple'
  const sameShape = full.every(
    batch =>
      batch.shape === first.shape && (!tuple || batch.columns.length === first.columns.length),
  )
  if (!sameShape) {
    const records = full.flatMap(batch =>
      Array.from({ length: batch.length }, (_, row) => batch.record(row)),
    )
    return new RecordBatch('value', ['value'], [new AnyColumn(records)], length, first.partition)
  }
  const names = [...new Set(full.flatMap(batch => batch.names))]
  const columns = names.map(name =>
    concatColumns(full.map(batch => batch.find(name) ?? missingColumn(batch.length))),
  )
  return new RecordBatch(first.shape, names, columns, length, first.partition)
}

/** A column in which every value is missing. */
export function missingColumn(length: number): Column {
  return new AnyColumn(new Array(length).fill(null))
}

/** Whether every value of `column` is missing; such a column has no type of its own. */
export function isAllMissing(column: Column): boolean {
  return (
    column.layout === 'any' && column.values.every(value => value === null || value === undefined)
  )
}

/** The values of `columns` end to end, in the narrowest layout that holds them all. */
export function concatColumns(all: readonly Column[]): Column {
  const columns = all.filter(column => column.length > 0)
  if (columns.length === 0) return all[0] ?? missingColumn(0)
  if (columns.length === 1) return columns[0]!
  const typed = columns.filter(column => !isAllMissing(column))
  const length = columns.reduce((sum, column) => sum + column.length, 0)
  if (typed.length === 0) return missingColumn(length)
  const layout = commonLayout(typed)
  switch (layout) {
    case 'boolean':
      return new BooleanColumn(numbers(columns, Uint8Array, length), validity(columns, length))
    case 'int32':
      return new Int32Column(numbers(columns, Int32Array, length), validity(columns, length))
    case 'float64':
      return new Float64Column(numbers(columns, Float64Array, length), validity(columns, length))
    case 'timestamp':
      return new TimestampColumn(numbers(columns, Float64Array, length), validity(columns, length))
    case 'dictionary':
      return concatDictionaries(columns, length)
    case 'text':
      return new TextColumn(
        columns.flatMap(column =>
          column.layout === 'text'
            ? column.values
            : Array.from({ length: column.length }, (_, row) => (column.get(row) as string) ?? ''),
        ),
        validity(columns, length),
      )
    case 'vector': {
      const { size } = typed[0] as VectorColumn
      const values = numbers(columns, Float64Array, length, size)
      return new VectorColumn(values, size, length, validity(columns, length))
    }
    case 'sparse':
      return concatSparse(columns, length)
    case 'any':
      return new AnyColumn(
        columns.flatMap(column =>
          column.layout === 'any'
            ? column.values
            : Array.from({ length: column.length }, (_, row) => column.get(row)),
        ),
      )
  }
}

function commonLayout(columns: readonly Column[]): Layout {
  let common: Layout = columns[0]!.layout
  for (const column of columns) {
    const { layout } = column
    if (layout === common) {
      if ('size' in column && column.size !== (columns[0] as VectorColumn).size) return 'any'
      continue
    }
    const pair = [common, layout].sort().join()
    if (pair === 'float64,int32') common = 'float64'
    else if (pair === 'dictionary,text') common = 'text'
    else return 'any'
  }
  return common
}

function numbers<A extends FixedArray>(
  columns: readonly Column[],
  type: FixedArrayType<A>,
  length: number,
  width = 1,
): A {
  const view = adjoiningView(
    columns.map(column => (column as Float64Column).values),
    type,
  )
  if (view !== undefined) return view
  const target = new type(length * width)
  let position = 0
  for (const column of columns) {
    // A column of another layout here is one in which everything is missing.
    if (column.layout !== 'any') target.set((column as Float64Column).values, position)
    position += column.length * width
  }
  return target
}

function validity(columns: readonly Column[], length: number): Validity {
  if (columns.every(column => column.valid === null && column.layout !== 'any')) return null
  const view = adjoiningView(
    columns.map(column => column.valid),
    Uint8Array,
  )
  if (view !== undefined) return view
  const mask = new Uint8Array(length).fill(1)
  let position = 0
  for (const column of columns) {
    if (column.layout === 'any') mask.fill(0, position, position + column.length)
    else if (column.valid !== null) mask.set(column.valid, position)
    position += column.length
  }
  return mask
}

function concatDictionaries(columns: readonly Column[], length: number): DictionaryColumn {
  const encoded = columns.filter(column => column.layout === 'dictionary')
  const shared = encoded.every(column => column.dictionary === encoded[0]!.dictionary)
  const dictionary = shared ? encoded[0]!.dictionary : new Dictionary(encoded[0]!.dictionary.values)
  const view = shared && adjoiningView(columns.map(codesOf), Int32Array)
  if (view) return new DictionaryColumn(view, dictionary, validity(columns, length))
  const codes = new Int32Array(length)
  let position = 0
  for (const column of columns) {
    if (column.layout === 'dictionary') {
      if (shared) codes.set(column.codes, position)
      else {
        const { values } = column.dictionary
        const recoded = new Int32Array(values.length).fill(-1)
        for (let row = 0; row < column.length; row++) {
          if (column.valid?.[row] === 0) continue
          const code = column.codes[row]!
          if (recoded[code]! < 0) recoded[code] = dictionary.encode(values[code]!)
          codes[position + row] = recoded[code]!
        }
      }
    }
    position += column.length
  }
  return new DictionaryColumn(codes, dictionary, validity(columns, length))
}

function codesOf(column: Column): Int32Array | undefined {
  return column.layout === 'dictionary' ? column.codes : undefined
}

function concatSparse(columns: readonly Column[], length: number): SparseColumn {
  const offsets = new Int32Array(length + 1)
  const indices: Int32Array[] = []
  const values: Float64Array[] = []
  let size = 0
  let row = 0
  let entries = 0
  for (const column of columns) {
    const start = column.layout === 'sparse' ? column.offsets[0]! : 0
    for (let k = 1; k <= column.length; k++) {
      offsets[row + k] = column.layout === 'sparse' ? entries + column.offsets[k]! - start : entries
    }
    row += column.length
    if (column.layout !== 'sparse') continue
    const end = column.offsets[column.length]!
    size = column.size
    indices.push(column.indices.subarray(start, end))
    values.push(column.values.subarray(start, end))
    entries += end - start
  }
  const mask = validity(columns, length)
  return new SparseColumn(
    offsets,
    endToEnd(indices, Int32Array),
    endToEnd(values, Float64Array),
    size,
    mask,
  )
}

/** All values of `parts`; without a copy where these are neighbours in one array. */
function endToEnd<A extends FixedArray>(parts: readonly A[], type: FixedArrayType<A>): A {
  const view = adjoiningView(parts, type)
  if (view !== undefined) return view
  const whole = new type(parts.reduce((sum, part) => sum + part.length, 0))
  let position = 0
  for (const part of parts) {
    whole.set(part, position)
    position += part.length
  }
  return whole
}
