import {
  BooleanColumn,
  type Column,
  Dictionary,
  DictionaryColumn,
  Float64Column,
} from '../../engine/extend.js'
import type { ClassLabel } from './labels.js'

/**
 * A column of classes, of their own type.
 *
 * @param codes By record: which of the classes. The column may keep the array.
 */
export function classColumn(codes: Int32Array, classes: readonly ClassLabel[]): Column {
  const [first] = classes
  if (typeof first === 'string') {
    return new DictionaryColumn(codes, new Dictionary(classes as readonly string[]))
  }
  const values = classes.map(Number)
  if (typeof first === 'boolean') {
    return new BooleanColumn(Uint8Array.from(codes, code => values[code]!))
  }
  return new Float64Column(Float64Array.from(codes, code => values[code]!))
}
