import { type Column, nearestFirst } from '../../engine/extend.js'
import type { VertexId } from '../elements.js'

/** Comparing texts takes time; in larger graphs only so many are looked at. */
const COMPARED_TEXTS = 20_000

/** The ids that are most like `id`: the nearest numbers, or the texts with the fewest changes. */
export function nearestIds(id: VertexId, ids: Column, count = 5): VertexId[] {
  const first = ids.length === 0 ? undefined : ids.get(0)
  if (typeof first === 'string') {
    const compared = Array.from({ length: Math.min(ids.length, COMPARED_TEXTS) }, (_, v) => {
      return ids.get(v) as string
    })
    return nearestFirst(String(id), compared).slice(0, count) as VertexId[]
  }
  return nearestNumbers(Number(id), ids, count)
}

function nearestNumbers(wanted: number, ids: Column, count: number): VertexId[] {
  const best: { readonly id: VertexId; readonly distance: number }[] = []
  for (let v = 0; v < ids.length; v++) {
    const id = ids.get(v) as number | bigint
    const distance = Number.isNaN(wanted) ? v : Math.abs(Number(id) - wanted)
    if (best.length === count && distance >= best.at(-1)!.distance) continue
    if (best.length === count) best.pop()
    const place = best.findIndex(other => distance < other.distance)
    best.splice(place < 0 ? best.length : place, 0, { id, distance })
  }
  return best.map(({ id }) => id)
}
