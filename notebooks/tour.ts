/**
 * The tour: three million US flights, from Parquet to answers. Run it with `npm start`.
 *
 * Part one asks for tables, part two makes the airports a graph, part three learns from both. Prints each
 * answer with the time it took, and writes into a folder (`out/tour`, or the first argument) the tables as
 * CSV files, each with an explanation of how it was computed, and a page with pictures.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type DataSet, execute } from '../engine/index.js'
import { clean } from './tour/data.js'
import { drawTables } from './tour/draw-tables.js'
import { learning } from './tour/learning.js'
import { network } from './tour/network.js'
import { writePage } from './tour/page.js'
import { grouped, printStep } from './tour/printing.js'
import { busiest, byDistance, byHour, byWeekday, quantiles, routes, worst } from './tour/tables.js'

const folder = path.resolve(process.argv[2] ?? 'out/tour')

const began = performance.now()
const total = await clean.count()
const seconds = (performance.now() - began) / 1000
console.log(`Read and cleaned ${grouped(total)} flights from Parquet in ${seconds.toFixed(2)} s.`)
const delays = await quantiles(total)

await printStep('The busiest airports', busiest, total)
await printStep('The busiest routes', routes, total)
await printStep('Delay by hour of departure (minutes; share more than 15 late)', byHour, total)
await printStep('Delay by weekday', byWeekday, total)
await printStep('Delay by distance', byDistance, total)
await printStep('The worst connections with at least 500 flights', worst, total)
await printStep('Quantiles of delay, from a global order of all flights', delays, total)

await drawTables()
await learning(await network())

const answers = { busiest, routes, byHour, byWeekday, byDistance, worst, delays }
await mkdir(folder, { recursive: true })
const { milliseconds } = await execute(
  Object.entries(answers).map(([name, answer]) =>
    (answer as DataSet<unknown>).writeCsv(path.join(folder, `${name}.csv`), { overwrite: true }),
  ),
)
for (const [name, answer] of Object.entries(answers)) {
  await writeFile(path.join(folder, `${name}.explain.txt`), `${await answer.explain()}\n`)
}
console.log(
  `\nWrote ${Object.keys(answers).length} CSV files in ${(milliseconds / 1000).toFixed(2)} s, ` +
    `each with an explanation of how it was computed, to ${path.relative('.', folder)}.`,
)
const page = await writePage(folder)
console.log(`All of it with pictures: ${path.relative('.', page)}`)
console.log(`The whole tour took ${((performance.now() - began) / 1000).toFixed(1)} s.`)
