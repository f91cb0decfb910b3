/** What the tour says about learning is true of the flights. */
import test from 'ava'
import { count } from '../../../engine/index.js'
import { examplesOf, predictedDelays } from '../../../notebooks/tour/delays.js'
import { dailyProfiles } from '../../../notebooks/tour/profiles.js'
import { suggestedRoutes } from '../../../notebooks/tour/suggested-routes.js'
import { busiest, routes } from '../../../notebooks/tour/tables.js'

/** Airports by simpler measures than those of part two. */
const airports = busiest
  .map(({ airport, flights }) => ({ airport, pageRank: flights / 3e6 }))
  .join(routes.groupBy('origin').aggregate({ neighbours: count() }))
  .where('airport')
  .equalTo('origin')
  .with((a, r) => ({ ...a, neighbours: r.neighbours, betweenness: Math.sqrt(r.neighbours) }))

/** What is printed meanwhile. */
async function printed<T>(work: () => Promise<T>): Promise<{ answer: T; text: string }> {
  const { log } = console
  const lines: string[] = []
  console.log = (...words: unknown[]) => void lines.push(words.join(' '))
  try {
    return { answer: await work(), text: lines.join('\n') }
  } finally {
    console.log = log
  }
}

test.serial(
  'delays are predicted a little better than by their mean, from what came before',
  async t => {
    t.timeout(180_000)
    const { answer, text } = await printed(() => predictedDelays(airports))
    t.true(answer.explained > 0.015 && answer.explained < 0.1, `${answer.explained}`)
    t.true(answer.auc > 0.6 && answer.auc < 0.75, `${answer.auc}`)
    t.regex(text, /the mean of the past +\d/)
    t.notRegex(text, /NaN|undefined/)
  },
)

test.serial('examples know both ends of a flight', async t => {
  t.timeout(60_000)
  const [one] = await examplesOf(airports).first(1).collect()
  t.true(one!.fromRank > 0 && one!.toRank > 0 && one!.fromLinks > 0)
  t.is(one!.late, one!.delay > 15)
})

test.serial(
  'held-out routes are found by factors rather than by a list of large airports',
  async t => {
    t.timeout(60_000)
    const { answer, text } = await printed(suggestedRoutes)
    t.true(answer.found > answer.popular + 0.05, `${answer.found}, ${answer.popular}`)
    t.true(answer.found > 0.6)
    const [, from, to] = /\n +([A-Z]{3}) +([A-Z]{3}) /.exec(text)!
    const flown = await routes.filter(r => r.origin === r.destination).count()
    t.is(flown, 0)
    t.not(from, to)
  },
)

test.serial('clusters of days add up to whole days', async t => {
  t.timeout(60_000)
  const { text } = await printed(dailyProfiles)
  const rows = [...text.matchAll(/^ +(\d+) +(\d+) +(\d+) +(\d+) +(\d+) +(\d+) /gm)]
  t.is(rows.length, 4)
  for (const [, , ...hours] of rows) {
    t.true(Math.abs(hours.reduce((sum, hour) => sum + Number(hour), 0) - 100) <= 3)
  }
})
