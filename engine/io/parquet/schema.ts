/** What the columns of a Parquet file are to the engine: their types, and how they are decoded. */
import type { FileMetaData, SchemaElement, SchemaTree } from 'hyparquet'
import {
  any,
  boolean,
  type DataType,
  float64,
  int32,
  string,
  timestamp,
} from '../../types/data-type.js'
import type { RecordShape } from '../../types/schema.js'

/** How the stored values become values of a column; `nested` goes through hyparquet. */
export type ParquetKind =
  | 'boolean'
  | 'int32'
  | 'uint32'
  | 'int64'
  | 'uint64'
  | 'float'
  | 'double'
  | 'date'
  | 'timestamp'
  | 'decimal'
  | 'string'
  | 'bytes'
  | 'nested'

/** One top-level column of a file. */
export interface ParquetField {
  readonly name: string
  readonly element: SchemaElement
  readonly kind: ParquetKind
  readonly type: DataType
  /** Whether the schema allows missing values. */
  readonly optional: boolean
  /** Whether values may be missing: allowed, and not ruled out by statistics. */
  readonly nullable: boolean
  /** Units in a millisecond, of timestamps. */
  readonly perMillisecond: 1 | 1e3 | 1e6
  /** For 64-bit integers: whether they are numbers; `undefined` without statistics. */
  readonly safe: boolean | undefined
}

/** Where our own sink keeps the shape of records and types that Parquet has no name for. */
export const METADATA_KEY = 'wiesel'

/** What a file says about the records it was written from; other writers say nothing. */
export interface OwnMetadata {
  readonly shape: RecordShape
  readonly types: Readonly<Record<string, DataType>>
}

/** The notes of our own sink, where they can be understood. */
export function ownMetadata({ key_value_metadata }: FileMetaData): OwnMetadata {
  const text = key_value_metadata?.find(({ key }) => key === METADATA_KEY)?.value
  try {
    const { shape, types } = JSON.parse(text ?? '{}')
    const known = shape === 'tuple' || shape === 'value' ? shape : 'object'
    return { shape: known, types: types ?? {} }
  } catch {
    return { shape: 'object', types: {} }
  }
}

/** The top-level columns of a file, in its order. */
export function parquetFields(
  metadata: FileMetaData,
  tree: SchemaTree,
  own: OwnMetadata,
): ParquetField[] {
  return tree.children.map(child => {
    const { element } = child
    const kind = kindOf(child)
    const range = integerRange(metadata, element.name)
    const safe = range && Number.isSafeInteger(range.min) && Number.isSafeInteger(range.max)
    const optional = element.repetition_type !== 'REQUIRED'
    return {
      name: element.name,
      element,
      kind,
      type: own.types[element.name] ?? typeOf(kind, range),
      optional,
      nullable: optional && (kind === 'nested' || mayMiss(metadata, element.name)),
      perMillisecond: perMillisecond(element),
      safe,
    }
  })
}

function kindOf({ children, element }: SchemaTree): ParquetKind {
  const { type, converted_type, logical_type, repetition_type } = element
  if (children.length > 0 || repetition_type === 'REPEATED') return 'nested'
  const logical = logical_type?.type
  if (converted_type === 'DECIMAL' || logical === 'DECIMAL') {
    return type === 'INT32' || type === 'INT64' ? 'decimal' : 'nested'
  }
  switch (type) {
    case 'BOOLEAN':
      return 'boolean'
    case 'INT32':
      if (converted_type === 'DATE' || logical === 'DATE') return 'date'
      return unsigned(element, 32) ? 'uint32' : 'int32'
    case 'INT64':
      if (logical === 'TIMESTAMP' || converted_type?.startsWith('TIMESTAMP')) return 'timestamp'
      return unsigned(element, 64) ? 'uint64' : 'int64'
    case 'FLOAT':
      return 'float'
    case 'DOUBLE':
      return 'double'
    case 'BYTE_ARRAY':
      if (converted_type === 'UTF8' || logical === 'STRING') return 'string'
      if (converted_type === 'ENUM' || logical === 'ENUM') return 'string'
      return converted_type === undefined && logical === undefined ? 'bytes' : 'nested'
    default:
      return 'nested'
  }
}

function unsigned({ converted_type, logical_type }: SchemaElement, bits: number): boolean {
  if (converted_type === `UINT_${bits}`) return true
  return (
    logical_type?.type === 'INTEGER' && !logical_type.isSigned && logical_type.bitWidth === bits
  )
}

function perMillisecond({ converted_type, logical_type }: SchemaElement): 1 | 1e3 | 1e6 {
  const unit = logical_type?.type === 'TIMESTAMP' ? logical_type.unit : undefined
  if (unit === 'NANOS') return 1e6
  return unit === 'MICROS' || converted_type === 'TIMESTAMP_MICROS' ? 1e3 : 1
}

function typeOf(kind: ParquetKind, range: IntegerRange | undefined): DataType {
  switch (kind) {
    case 'boolean':
      return boolean
    case 'int32':
      return int32
    case 'int64':
    case 'uint64': {
      if (range === undefined) return float64
      if (!Number.isSafeInteger(range.min) || !Number.isSafeInteger(range.max)) return any
      return (range.min | 0) === range.min && (range.max | 0) === range.max ? int32 : float64
    }
    case 'uint32':
    case 'float':
    case 'double':
    case 'decimal':
      return float64
    case 'date':
    case 'timestamp':
      return timestamp
    case 'string':
      return string
    default:
      return any
  }
}

interface IntegerRange {
  readonly min: number
  readonly max: number
}

/** The range of a column of integers over all row groups, where all of them have statistics. */
function integerRange({ row_groups }: FileMetaData, name: string): IntegerRange | undefined {
  let min = 0
  let max = 0
  for (const { columns } of row_groups) {
    const statistics = columns.find(({ meta_data }) => meta_data?.path_in_schema[0] === name)
      ?.meta_data?.statistics
    const low = statistics?.min_value ?? statistics?.min
    const high = statistics?.max_value ?? statistics?.max
    const integers =
      (typeof low === 'bigint' || typeof low === 'number') &&
      (typeof high === 'bigint' || typeof high === 'number')
    if (!integers) return undefined
    min = Math.min(min, Number(low))
    max = Math.max(max, Number(high))
  }
  return { min, max }
}

function mayMiss({ row_groups }: FileMetaData, name: string): boolean {
  return row_groups.some(({ columns }) => {
    const chunk = columns.find(({ meta_data }) => meta_data?.path_in_schema[0] === name)
    const count = chunk?.meta_data?.statistics?.null_count
    return count === undefined || Number(count) > 0
  })
}
