/** What was chosen: places, best first, and their scores. */
export interface Best {
  readonly places: readonly number[]
  readonly scores: readonly number[]
}

/**
 * The `count` largest of `scores`, largest first; of equal ones those that come first. NaN is left out.
 *
 * Cost: O(scores) where few of them are among the best so far, as when they come in no order.
 */
export function best(scores: Float64Array, count: number): Best {
  const places: number[] = []
  for (let place = 0; place < scores.length; place++) {
    const score = scores[place]!
    if (Number.isNaN(score)) continue
    if (places.length === count && !(score > scores[places.at(-1)!]!)) continue
    let at = places.length
    while (at > 0 && score > scores[places[at - 1]!]!) at--
    places.splice(at, 0, place)
    if (places.length > count) places.pop()
  }
  return { places, scores: places.map(place => scores[place]!) }
}
