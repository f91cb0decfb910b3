/**
 * Adds up the results of parts, of one length each, in the order of the parts.
 *
 * @param results One after the other.
 * @param parts How many there are.
 * @param into What becomes the sum; as long as one of them.
 */
export function addParts(results: Float64Array, parts: number, into: Float64Array): void {
  const { length } = into
  into.set(results.subarray(0, length))
  for (let part = 1, at = length; part < parts; part++) {
    for (let k = 0; k < length; k++, at++) into[k]! += results[at]!
  }
}
