/** The sum of numbers, added in their order: of what the parts of a call gave. */
export function total(values: Float64Array): number {
  let sum = 0
  for (let k = 0; k < values.length; k++) sum += values[k]!
  return sum
}
