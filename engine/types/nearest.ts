/** Suggestions for misspelt names. */

/** The names ordered by how little must be changed to get `name`; equal ones stay in order. */
export function nearestFirst(name: string, known: Iterable<string>): readonly string[] {
  const wanted = name.toLowerCase()
  return [...known]
    .map(each => ({ each, distance: distance(wanted, each.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)
    .map(({ each }) => each)
}

/** Letters to insert, delete or replace (Levenshtein 1966), by rows of the table of prefixes. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++)
      next.push(
        Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)),
      )
    row = next
  }
  return row[b.length]!
}
