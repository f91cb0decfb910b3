/** The types a column can have. A number is `int32` or `float64` by the engine's choice. */

/** What the values of a column are, from the user's point of view. */
export type DataType =
  | { readonly kind: 'boolean' }
  | { readonly kind: 'int32' }
  | { readonly kind: 'float64' }
  | { readonly kind: 'string' }
  | { readonly kind: 'timestamp' }
  | { readonly kind: 'vector'; readonly size: number }
  | { readonly kind: 'sparse'; readonly size: number }
  | { readonly kind: 'any' }

/** The names of the data types. */
export type TypeKind = DataType['kind']

/** `true` and `false`. */
export const boolean: DataType = Object.freeze({ kind: 'boolean' })
/** Whole numbers from -2^31 to 2^31 - 1, stored in four bytes. */
export const int32: DataType = Object.freeze({ kind: 'int32' })
/** Any JavaScript number. */
export const float64: DataType = Object.freeze({ kind: 'float64' })
/** Text, stored as codes into a dictionary while values repeat. */
export const string: DataType = Object.freeze({ kind: 'string' })
/** `Date`, stored as milliseconds since 1970-01-01T00:00:00Z. */
export const timestamp: DataType = Object.freeze({ kind: 'timestamp' })
/** Any JavaScript value: nested objects, arrays, `bigint`, mixed types. The slow one. */
export const any: DataType = Object.freeze({ kind: 'any' })

/** Dense vectors of `size` numbers each; values come out as `Float64Array`. */
export function vector(size: number): DataType {
  return Object.freeze({ kind: 'vector', size })
}

/** Sparse vectors of dimension `size`; values come out as `SparseVector`. */
export function sparse(size: number): DataType {
  return Object.freeze({ kind: 'sparse', size })
}

/** Whether two types are the same. */
export function sameType(a: DataType, b: DataType): boolean {
  return a.kind === b.kind && ('size' in a ? a.size : 0) === ('size' in b ? b.size : 0)
}

/** The name of a type as errors and `explain()` show it: `float64`, `vector(3)`. */
export function typeName(type: DataType): string {
  return 'size' in type ? `${type.kind}(${type.size})` : type.kind
}
