import { Float64Column, Int32Column, RecordBatch } from '../../engine/extend.js'
import type { DataSet, ExecutionEnvironment } from '../../engine/index.js'
import { type Best, best } from './best.js'
import type { FactorTable } from './factor-table.js'
import type { RatingRows } from './rating-rows.js'

/** Who gets how many of what. */
export interface RecommendationRequest {
  /** Who gets them. */
  readonly askers: FactorTable
  /** What they get. */
  readonly offers: FactorTable
  /** The askers' places. */
  readonly places: Int32Array
  /** How many each gets. */
  readonly count: number
  /** For each asker what is left out. */
  readonly known: Pick<RatingRows, 'offsets' | 'indices'> | undefined
  /** The name of the field for the predicted ratings. */
  readonly prediction: string
}

/** Askers of one batch. */
const BLOCK = 256

/** The best for each asker, as records; computed block by block when they are read. */
export function recommendations<R>(
  environment: ExecutionEnvironment,
  request: RecommendationRequest,
): DataSet<R> {
  const { askers, offers, places, count, prediction } = request
  const rows = places.length * Math.min(count, offers.length)
  return environment.read<R>({
    label: `recommend ${count} for ${places.length}`,
    facts: async () => ({ rows, shape: 'object' }),
    *read() {
      const names = [askers.ids.name, offers.ids.name, prediction, 'rank']
      for (let from = 0; from < places.length; from += BLOCK) {
        const own: number[] = []
        const chosen: number[] = []
        const scores: number[] = []
        const ranks: number[] = []
        for (const place of places.subarray(from, from + BLOCK)) {
          const found = bestFor(place, request)
          for (let k = 0; k < found.places.length; k++) {
            own.push(place)
            chosen.push(found.places[k]!)
            scores.push(found.scores[k]!)
            ranks.push(k + 1)
          }
        }
        const columns = [
          askers.column.take(Int32Array.from(own)),
          offers.column.take(Int32Array.from(chosen)),
          new Float64Column(Float64Array.from(scores)),
          new Int32Column(Int32Array.from(ranks)),
        ]
        yield new RecordBatch('object', names, columns, own.length)
      }
    },
    content: () => [places, count, askers.factors, offers.factors],
    stable: false,
  })
}

/** The best for one asker. */
export function bestFor(
  place: number,
  { askers, offers, count, known }: Omit<RecommendationRequest, 'places'>,
): Best {
  const scores = new Float64Array(offers.length)
  offers.products(askers.row(place), scores)
  if (known !== undefined) {
    const { offsets, indices } = known
    for (let k = offsets[place]!; k < offsets[place + 1]!; k++) scores[indices[k]!] = Number.NaN
  }
  return best(scores, count)
}
