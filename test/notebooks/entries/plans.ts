import { from } from '../../../engine/index.js'
import { type Outlined, planDag } from '../../../notebooks/index.js'
import type { FigureEntry } from '../figure-entries.js'

const links = from([{ source: 1, target: 2 }])
const ranks = from([{ id: 1, rank: 1 }])
const loop = ranks.iterate({ maxIterations: 3 }, current =>
  current
    .join(links)
    .where('id')
    .equalTo('source')
    .with((r, l) => ({ id: l.target, rank: r.rank / 2 })),
)
const hostile = '</title><script>alert(1)</script>"\'&😀\u0000\ud800'

let long = from([{ x: 1 }]).name(hostile)
for (let k = 0; k < 200; k++) long = long.distinct('x')

let wide = from([{ x: 0 }])
for (let k = 0; k < 20; k++) wide = wide.union(from([{ x: k }]).filter(r => r.x > 0))

const PLANS: Readonly<Record<string, Outlined>> = {
  usual: ranks
    .filter(r => r.rank > 0)
    .groupBy('id')
    .sum('rank'),
  single: ranks,
  empty: from<{ x: number }>([]),
  looping: loop.filter(r => r.rank > 0),
  hostile: ranks.map(r => ({ ...r, note: '<script>alert(1)</script>' })).name(hostile),
  huge: long,
  wide,
}

/** Plans of every kind, as written and as run. */
export const PLAN_ENTRIES: readonly FigureEntry[] = Object.entries(PLANS).flatMap(
  ([data, plan]) => {
    const explained = (async () => {
      const { count } = plan as unknown as { count(): Promise<number> }
      await count.call(plan)
      return (plan as unknown as typeof wide).explain({ format: 'json' })
    })()
    return [
      { figure: 'planDag', data, draw: (o?: object) => planDag(plan, { ...o }) },
      {
        figure: 'planDag',
        data: `${data}, run`,
        draw: async (o?: object) => planDag(await explained, { ...o }),
      },
    ]
  },
)
