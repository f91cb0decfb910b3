/** Part three of the tour: what can be learned from the flights, and how good it is. */
import type { DataSet } from '../../engine/index.js'
import { type AirportFeatures, predictedDelays } from './delays.js'
import { printNote } from './printing.js'
import { dailyProfiles } from './profiles.js'
import { suggestedRoutes } from './suggested-routes.js'

/**
 * Prints predictions of delay, suggestions of routes and clusters of airports, each with a sentence of
 * what it means.
 *
 * @param airports What part two knows of them.
 */
export async function learning(airports: DataSet<AirportFeatures>): Promise<void> {
  const began = performance.now()
  const { explained, plain, early, auc } = await predictedDelays(airports)
  printNote(
    `Little can be known at departure: the best model explains ${percent(explained)} of the variance of delay, and ${percent(early)} when judged by earlier weeks. Hour, weekday and distance give ${percent(plain)}; what the graph knows of the airports adds the rest. Weather and the plane's earlier flights are not in the data. Of a late and a punctual flight the best model tells which is which in ${percent(auc)} of cases, where a coin does in 50 %; none is noticeably more often right than who says that no flight is late.`,
  )
  const { found, popular } = await suggestedRoutes()
  printNote(
    `Of routes that were held out ${percent(found)} are among ten suggestions to their origin; a list of the airports with most routes has ${percent(popular)} of them.`,
  )
  await dailyProfiles()
  printNote(
    'The largest hubs are busy until late; airports where planes stay overnight begin early.',
  )
  console.log(`\nLearning took ${((performance.now() - began) / 1000).toFixed(1)} s.`)
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`
}
