import type { Column, Region } from '../../engine/extend.js'
import { type Classes, classLabels } from './labels.js'

/** Labels of two classes, also as -1 and 1. */
export interface SignedLabels extends Classes {
  /** By record: 1 for the second class, else -1. In the region. */
  readonly signs: Float64Array
}

/**
 * Labels that are two classes.
 *
 * @throws {SchemaError} As for `classLabels`.
 * @throws {ArgumentError} If there is one class only, or more than two.
 */
export function signedLabels(
  column: Column,
  name: string,
  operation: string,
  region: Region,
): SignedLabels {
  const found = classLabels(column, name, operation, region, 2)
  const signs = region.float64(found.codes)
  for (let row = 0; row < signs.length; row++) signs[row] = 2 * signs[row]! - 1
  return { ...found, signs }
}
