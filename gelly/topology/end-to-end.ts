/** Two arrays of positions as one, the second behind the first. */
export function endToEnd(first: Int32Array, second: Int32Array): Int32Array {
  const both = new Int32Array(first.length + second.length)
  both.set(first)
  both.set(second, first.length)
  return both
}
