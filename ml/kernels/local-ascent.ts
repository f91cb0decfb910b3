/**
 * Local steps of CoCoA: stochastic dual coordinate ascent within a block of records, which sees the
 * others only by the coefficients that all had when it began.
 *
 * Source: Jaggi, Smith, Takáč, Terhorst, Krishnan, Hofmann, Jordan: Communication-Efficient Distributed
 * Dual Coordinate Ascent, 2014.
 */

/**
 * Takes `steps` steps at random records of a block, each to the best multiplier for it. What the block
 * would change goes to its own places in `changes` and `moved`; nothing else is changed.
 *
 * @param multipliers By record, from 0 to 1.
 * @param moved By record: by how much its multiplier is to change.
 * @param changes By block: by how much coefficients are to change.
 * @param scale The strength of the penalty times the number of records.
 * @param seed Of this iteration; each block draws its own numbers.
 */
function localAscent(
  sparse: number,
  offsets: Int32Array,
  indices: Int32Array,
  values: Float64Array,
  size: number,
  labels: Float64Array,
  squares: Float64Array,
  multipliers: Float64Array,
  moved: Float64Array,
  coefficients: Float64Array,
  changes: Float64Array,
  starts: Int32Array,
  scale: number,
  steps: number,
  seed: number,
  from: number,
  to: number,
): void {
  let block = 0
  while (starts[block + 1]! <= from) block++
  const change = changes.subarray(block * size, (block + 1) * size).fill(0)
  moved.fill(0, from, to)
  // splitmix32 of Guy Steele and others, 2014.
  let state = (seed ^ Math.imul(block + 1, 0x9e3779b9)) | 0
  for (let step = 0; step < steps; step++) {
    state = (state + 0x9e3779b9) | 0
    let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b)
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
    mixed = (mixed ^ (mixed >>> 16)) >>> 0
    const row = from + Math.floor((mixed / 2 ** 32) * (to - from))
    const first = sparse === 1 ? offsets[row]! : row * size
    const end = sparse === 1 ? offsets[row + 1]! : first + size
    let margin = 0
    for (let at = first; at < end; at++) {
      const k = sparse === 1 ? indices[at]! : at - first
      margin += values[at]! * (coefficients[k]! + change[k]!)
    }
    const label = labels[row]!
    const before = multipliers[row]! + moved[row]!
    const slope = (label * margin - 1) * scale
    let after = before
    if (squares[row]! > 0) after = Math.min(Math.max(before - slope / squares[row]!, 0), 1)
    // A record of zeros is short of its margin whatever the coefficients.
    else after = 1
    if (after === before) continue
    moved[row] = after - multipliers[row]!
    const factor = (label * (after - before)) / scale
    for (let at = first; at < end; at++) {
      change[sparse === 1 ? indices[at]! : at - first]! += factor * values[at]!
    }
  }
}

/** The kernel, for a team. */
export const localAscentKernels = { name: 'ml/local-ascent', functions: { localAscent } }
