/** Which routes are missing? Factors of airports from what is flown, judged by routes that were held out. */
import { type DataSet, from } from '../../engine/index.js'
import { als } from '../../ml/index.js'
import { airports } from './data.js'
import { drawFactors } from './draw-learning.js'
import { printTable } from './printing.js'
import { routes } from './tables.js'

/** Places on the list of each airport that count. */
const LISTED = 10

/** A route as it is learned from: the logarithm of its flights. */
interface Flown {
  readonly origin: string
  readonly destination: string
  readonly amount: number
}

/** Shares of held-out routes that are found again. */
export interface FoundRoutes {
  /** By factors. */
  readonly found: number
  /** By a list of the airports with most routes. */
  readonly popular: number
}

/** Prints how well held-out routes are found again, and routes that there are not but could be. */
export async function suggestedRoutes(): Promise<FoundRoutes> {
  const all: DataSet<Flown> = routes.map(({ origin, destination, flights }) => ({
    origin,
    destination,
    amount: Math.log(1 + flights),
  }))
  const flown = await all.collect()
  const isHeldOut = ({ origin, destination }: Flown) => heldOut(origin, destination)
  const held = flown.filter(isHeldOut)
  const known = flown.filter(route => !isHeldOut(route))
  const estimator = als({
    user: 'origin',
    item: 'destination',
    rating: 'amount',
    implicit: true,
    factors: 20,
    regularization: 0.3,
    iterations: 15,
  })

  const model = await estimator.fit(from(known))
  const byFactors = await model.recommend(undefined, LISTED).collect()
  const suggested = byFactors.map(({ origin, destination }) => `${origin} ${destination}`)
  const shares = {
    found: shareFound(held, new Set(suggested)),
    popular: shareFound(held, new Set(popular(known))),
  }
  const judged = [
    { list: 'factors of both airports', found: shares.found },
    { list: 'the airports with most routes', found: shares.popular },
  ]
  await printTable(
    `Missing routes: ${held.length} of ${flown.length} held out, in both directions; how many are suggested to their origin`,
    from(judged),
  )

  const whole = await estimator.fit(all)
  drawFactors(whole)
  const best = whole
    .recommend(undefined, 3)
    .filter(row => row.origin < row.destination)
    .join(airports)
    .where('origin')
    .equalTo('iata')
    .with((route, a) => ({ ...route, from: a.city }))
    .join(airports)
    .where('destination')
    .equalTo('iata')
    .with((route, a) => ({ ...route, to: a.city }))
    .select('origin', 'destination', 'from', 'to', 'prediction')
    .orderBy('prediction', 'descending')
  await printTable('Routes that nobody flies, of which the factors say somebody should', best, 6)
  return shares
}

/** One pair of airports in ten, always the same ones; both directions are held out together. */
function heldOut(origin: string, destination: string): boolean {
  let hash = 0
  for (const letter of [origin, destination].sort().join(' '))
    hash = (31 * hash + letter.charCodeAt(0)) % 10_007
  return hash % 10 === 0
}

function shareFound(held: readonly Flown[], listed: ReadonlySet<string>): number {
  const found = held.filter(({ origin, destination }) => listed.has(`${origin} ${destination}`))
  return found.length / held.length
}

/** For each origin the destinations with most routes to which it has none. */
function popular(known: readonly Flown[]): string[] {
  const counts = new Map<string, number>()
  for (const { destination } of known) counts.set(destination, (counts.get(destination) ?? 0) + 1)
  const first = [...counts.keys()].sort((a, b) => counts.get(b)! - counts.get(a)!)
  const there = new Set(known.map(({ origin, destination }) => `${origin} ${destination}`))
  return [...new Set(known.map(({ origin }) => origin))].flatMap(origin =>
    first
      .filter(destination => destination !== origin && !there.has(`${origin} ${destination}`))
      .slice(0, LISTED)
      .map(destination => `${origin} ${destination}`),
  )
}
