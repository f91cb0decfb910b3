/** Small graphs as compressed sparse rows in a region. */
import type { Region } from '../../../../engine/runtime/region/region.js'
import type { Random } from '../../../support/random.js'

/** Rows of a region. */
export interface Rows {
  readonly offsets: Int32Array
  readonly neighbours: Int32Array
}

/** Ascending rows without repetition, some of them empty. */
export function randomRows(region: Region, random: Random, vertices: number): Rows {
  const sets = Array.from({ length: vertices }, () => new Set<number>())
  const density = random.between(0, 6)
  for (let k = 0; k < vertices * density; k++) {
    const [from, to] = [random.int(vertices), random.int(vertices)]
    sets[from]!.add(to)
  }
  return rowsOf(
    region,
    sets.map(set => [...set].sort((a, b) => a - b)),
  )
}

/** The rows that `lists` are. */
export function rowsOf(region: Region, lists: readonly (readonly number[])[]): Rows {
  const offsets = region.int32(lists.length + 1)
  lists.forEach((list, row) => {
    offsets[row + 1] = offsets[row]! + list.length
  })
  return { offsets, neighbours: region.int32(lists.flat()) }
}
