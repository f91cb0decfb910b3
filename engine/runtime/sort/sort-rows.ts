import type { Direction } from '../../plan/key.js'
import type { Column } from '../../types/column.js'
import type { StepsTo } from '../steps.js'
import { combinedImage, type OrderImage, orderImage } from './order-image.js'
import { radixSort } from './radix-sort.js'

/**
 * The rows 0..n-1 in the order of key columns, the first key being the most important. Stable.
 *
 * The order is that of `compareValues`. Small keys are packed into one number and sorted together;
 * keys that need more than 64 bits take a pass each, from the last one to the first.
 *
 * @param directions One per column.
 * @param length Number of rows; with no columns the rows stay as they are.
 */
export function* sortedRows(
  columns: readonly Column[],
  directions: readonly Direction[],
  length: number,
): StepsTo<Int32Array> {
  const rows = new Int32Array(length)
  for (let k = 0; k < length; k++) rows[k] = k
  const images: OrderImage[] = []
  for (let k = columns.length - 1; k >= 0; k--) {
    const image = yield* orderImage(columns[k]!, directions[k]!)
    yield
    const combined = images.length > 0 ? combinedImage(image, images[0]!) : undefined
    if (combined === undefined) images.unshift(image)
    else images[0] = combined
  }
  for (let k = images.length - 1; k >= 0; k--) {
    const image = images[k]!
    yield* radixSort(k === images.length - 1 ? image : taken(image, rows), rows)
  }
  return rows
}

/** The image of the rows in the order they have got so far. */
function taken({ high, low, bits }: OrderImage, rows: Int32Array): OrderImage {
  const words = (source: Uint32Array): Uint32Array => {
    const target = new Uint32Array(rows.length)
    for (let k = 0; k < rows.length; k++) target[k] = source[rows[k]!]!
    return target
  }
  return { high: high === null ? null : words(high), low: words(low), bits }
}
