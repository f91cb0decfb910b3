/**
 * Gathering numbers by row. One loop per type of array: a shared one would meet several types, and
 * then takes three times as long.
 */

/** The numbers at `rows`, in their order; 0 where a row is negative. */
export function gather<A extends Uint8Array | Int32Array | Float64Array>(
  values: A,
  rows: Int32Array,
): A {
  if (!areAllPresent(rows)) return gatherSome(values, rows)
  if (values instanceof Int32Array) return gatherInts(values, rows) as A
  if (values instanceof Float64Array) return gatherDoubles(values, rows) as A
  return gatherBytes(values as Uint8Array, rows) as A
}

/** Whether none of the rows is negative. */
export function areAllPresent(rows: Int32Array): boolean {
  // The sign bit says that some is negative.
  let bits = 0
  for (let k = 0; k < rows.length; k++) bits |= rows[k]!
  return bits >= 0
}

function gatherInts(values: Int32Array, rows: Int32Array): Int32Array {
  const taken = new Int32Array(rows.length)
  for (let k = 0; k < rows.length; k++) taken[k] = values[rows[k]!]!
  return taken
}

function gatherDoubles(values: Float64Array, rows: Int32Array): Float64Array {
  const taken = new Float64Array(rows.length)
  for (let k = 0; k < rows.length; k++) taken[k] = values[rows[k]!]!
  return taken
}

function gatherBytes(values: Uint8Array, rows: Int32Array): Uint8Array {
  const taken = new Uint8Array(rows.length)
  for (let k = 0; k < rows.length; k++) taken[k] = values[rows[k]!]!
  return taken
}

function gatherSome<A extends Uint8Array | Int32Array | Float64Array>(
  values: A,
  rows: Int32Array,
): A {
  const taken = new (values.constructor as new (length: number) => A)(rows.length)
  for (let k = 0; k < rows.length; k++) {
    const row = rows[k]!
    taken[k] = row < 0 ? 0 : values[row]!
  }
  return taken
}
