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
  const taken = new (values.constructor as new (length: number) => A)(rows.length)
  gatherInto(values, rows, taken)
  return taken
}

/** Puts the numbers at `rows`, none of which is negative, into `taken`, an array of the same kind. */
export function gatherInto<A extends Uint8Array | Int32Array | Float64Array>(
  values: A,
  rows: Int32Array,
  taken: A,
): void {
  if (values instanceof Int32Array) gatherInts(values, rows, taken as Int32Array)
  else if (values instanceof Float64Array) gatherDoubles(values, rows, taken as Float64Array)
  else gatherBytes(values, rows, taken as Uint8Array)
}

/** Whether none of the rows is negative. */
export function areAllPresent(rows: Int32Array): boolean {
  // The sign bit says that some is negative.
  let bits = 0
  for (let k = 0; k < rows.length; k++) bits |= rows[k]!
  return bits >= 0
}

function gatherInts(values: Int32Array, rows: Int32Array, taken: Int32Array): void {
  for (let k = 0; k < rows.length; k++) taken[k] = values[rows[k]!]!
}

function gatherDoubles(values: Float64Array, rows: Int32Array, taken: Float64Array): void {
  for (let k = 0; k < rows.length; k++) taken[k] = values[rows[k]!]!
}

function gatherBytes(values: Uint8Array, rows: Int32Array, taken: Uint8Array): void {
  for (let k = 0; k < rows.length; k++) taken[k] = values[rows[k]!]!
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
