import { oneOf, shown, trueOrFalse } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import type { Graph, VertexId } from '../../gelly/index.js'
import { type ChartOptions, chart, chartOptions } from '../charts/chart.js'
import { dot, line } from '../charts/plot.js'
import { MAIN } from '../charts/theme.js'
import { grouped } from '../data/finite.js'
import { numbersOf, Table } from '../data/rows.js'
import { thinned } from '../data/thinned.js'
import type { Figure } from '../display/figure.js'
import type { Collectable } from './by-vertex.js'
import type { AnyGraph } from './drawn-graph.js'

/** Degrees of vertices: what `degreeDistribution` of gelly gives, its records, or a number for each vertex. */
export type DegreeData =
  | { readonly degrees: Collectable }
  | Collectable
  | readonly { readonly degree: number; readonly vertices: number }[]
  | ArrayLike<number>

/** Options of `drawDegreeDistribution`. */
export interface DrawDegreeDistributionOptions extends ChartOptions {
  /**
   * The share of vertices with so many neighbours or more ('atLeast', the complementary cumulative
   * distribution), or how many have just so many ('counts'). Default 'atLeast'.
   */
  readonly kind?: 'atLeast' | 'counts'
  /** Whether both axes are logarithmic. Default `true`. */
  readonly log?: boolean
  /** Of a graph: neighbours in either direction, or those that edges lead to or come from. Default 'all'. */
  readonly direction?: 'all' | 'out' | 'in'
}

/**
 * How many neighbours vertices have. With logarithms on both axes a power law is a straight line.
 *
 * The share of vertices with a degree or more is the better picture of the two: single vertices of large
 * degree do not scatter in it (Newman, "Power laws, Pareto distributions and Zipf's law", 2005).
 *
 * @param data A graph, which is loaded; or degrees as `degreeDistribution` gives them, or as numbers.
 * @throws {ArgumentError} If it is neither, or an option is unknown or wrong.
 * Cost: O(vertices + edges) for graphs; at most about 2,000 points are drawn.
 * @example
 * const drawing = await drawDegreeDistribution([1, 1, 1, 3])
 * drawing.description // '4 vertices with 1 to 3 neighbours; median 1, mean 1.5.'
 */
export async function drawDegreeDistribution<K extends VertexId, VV, EV>(
  data: Graph<K, VV, EV> | DegreeData,
  options: DrawDegreeDistributionOptions = {},
): Promise<Figure> {
  const figure = 'drawDegreeDistribution'
  const { kind = 'atLeast', log = true, direction = 'all' } = options
  const parts = chartOptions(options, figure, ['kind', 'log', 'direction'], TITLES[direction] ?? '')
  oneOf(kind, ['atLeast', 'counts'], figure, 'kind')
  oneOf(direction, Object.keys(TITLES), figure, 'direction')
  trueOrFalse(log, figure, 'log')
  const { counts, others } = await countsOf(data, direction, figure)
  const all = counts.reduce((sum, { vertices }) => sum + vertices, 0)
  let above = 0
  const shares = counts.toReversed().map(({ degree, vertices }) => {
    above += vertices
    return { degree, vertices, share: above / all }
  })
  const points = shares.reverse().filter(({ degree }) => !log || degree > 0)
  const value = (k: number) => (kind === 'counts' ? points[k]!.vertices : points[k]!.share)
  const places = thinned([...points.keys()], value)
  const x = (k: number) => points[k]!.degree
  const title = (k: number) => tip(points[k]!)
  const scale = (values: readonly number[]) =>
    log
      ? { type: 'log' as const, ticks: 5, tickFormat: ',~r', ...alone(values) }
      : { domain: [0, Math.max(...values, 1)] }
  const hidden = log ? (counts.find(({ degree }) => degree === 0)?.vertices ?? 0) : 0
  return chart({
    ...parts,
    description: words(counts, all),
    marks: [
      ...(kind === 'atLeast'
        ? [line(places, { x, y: value, stroke: MAIN, strokeOpacity: 0.5 })]
        : []),
      dot(places, { x, y: value, fill: MAIN, r: places.length > 200 ? 2 : 3, title }),
    ],
    plot: {
      x: { label: 'neighbours', grid: true, ...scale(places.map(x)) },
      y: {
        label: kind === 'counts' ? 'vertices' : 'share of vertices with so many or more',
        grid: true,
        ...scale(places.map(value)),
      },
      marginLeft: 56,
      marginRight: 24,
      inset: 8,
    },
    notes: [
      hidden > 0
        ? `${grouped(hidden)} of ${grouped(all)} vertices have no neighbours, and no place on a logarithmic axis.`
        : undefined,
      others > 0
        ? `${grouped(others)} degrees left out: missing, negative or infinite.`
        : undefined,
    ],
  })
}

const TITLES: Readonly<Record<string, string>> = {
  all: 'Neighbours of vertices',
  out: 'Vertices that edges lead to',
  in: 'Vertices that edges come from',
}

/** Bounds for an axis with a single value, or none. */
function alone(values: readonly number[]): { readonly domain?: readonly [number, number] } {
  const [low, high] = [Math.min(...values), Math.max(...values)]
  if (low < high) return {}
  return { domain: values.length === 0 ? [1, 10] : [low / 2, low * 2] }
}

interface DegreeCount {
  readonly degree: number
  readonly vertices: number
}

async function countsOf(data: unknown, direction: string, figure: string) {
  let given = data
  if (typeof (given as Partial<AnyGraph> | null)?.load === 'function') {
    // Who has a graph has loaded gelly.
    const { degreeDistribution } = await import('../../gelly/index.js')
    given = await degreeDistribution(given as AnyGraph, { direction: direction as 'all' })
  }
  const result = given as { readonly degrees?: Partial<Collectable> } | null
  if (typeof result?.degrees?.collect === 'function') given = result.degrees
  const collectable = given as Partial<Collectable> | null
  if (typeof collectable?.collect === 'function') given = await collectable.collect()
  const list = given as ArrayLike<unknown> | null
  if (typeof list !== 'object' || typeof list?.length !== 'number') {
    throw new ArgumentError(
      `${figure}: give a graph, what degreeDistribution of wiesel/gelly gives, or a number for each vertex; got ${shown(data)}.`,
    )
  }
  const isTable = list.length > 0 && typeof list[0] === 'object' && list[0] !== null
  const table = isTable ? new Table(list, figure) : undefined
  const degrees = table === undefined ? numbersOf(list) : table.numbers('degree', 'the degree')
  const vertices = table?.numbers('vertices', 'the number of vertices')
  return counted(degrees, vertices)
}

/** How many vertices have each degree, ascending, and how many entries are none. */
function counted(degrees: Float64Array, vertices: Float64Array | undefined) {
  const counts = new Map<number, number>()
  let others = 0
  for (const [k, degree] of degrees.entries()) {
    const count = vertices?.[k] ?? 1
    if (degree >= 0 && degree < Infinity && count > 0 && count < Infinity) {
      counts.set(degree, (counts.get(degree) ?? 0) + count)
    } else others++
  }
  const sorted = [...counts].sort(([a], [b]) => a - b)
  return { counts: sorted.map(([degree, vertices]): DegreeCount => ({ degree, vertices })), others }
}

function tip({ degree, vertices, share }: DegreeCount & { readonly share: number }): string {
  return `${grouped(degree)} neighbours\n${grouped(vertices)} vertices\n${grouped(100 * share)} % have so many or more`
}

function words(counts: readonly DegreeCount[], all: number): string {
  const [first, last] = [counts[0], counts.at(-1)]
  if (first === undefined || last === undefined) return 'No vertices.'
  const vertices = `${grouped(all)} ${all === 1 ? 'vertex' : 'vertices'}`
  const [low, high] = [grouped(first.degree), grouped(last.degree)]
  const range = low === high ? low : `${low} to ${high}`
  const mean = counts.reduce((sum, { degree, vertices: v }) => sum + degree * v, 0) / all
  let below = 0
  const median = counts.find(({ vertices: v }) => {
    below += v
    return below >= all / 2
  })!
  const neighbours = range === '1' ? 'neighbour' : 'neighbours'
  return `${vertices} with ${range} ${neighbours}; median ${grouped(median.degree)}, mean ${grouped(mean)}.`
}
