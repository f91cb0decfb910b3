import { Graph } from '../../../gelly/index.js'
import {
  drawAdjacencyMatrix,
  drawCommunities,
  drawDegreeDistribution,
  drawGraph,
  geo,
} from '../../../notebooks/index.js'
import { randomFrom } from '../../support/random.js'
import type { FigureEntry } from '../figure-entries.js'

const random = randomFrom(11)
const HOSTILE = [
  '</title><script>alert(1)</script>',
  '"\'&]]>',
  '😀 日本 \u0000\ud800',
  'constructor',
]

/** Vertices with values, and edges at random between them. */
function graphOf(ids: readonly string[], edges: number, kind: (k: number) => string) {
  return Graph.from({
    vertices: ids.map((id, k) => ({
      id,
      value: { amount: k % 7 === 0 ? Number.NaN : k, kind: kind(k) },
    })),
    edges: Array.from({ length: edges }, () => ({
      source: ids[random.int(ids.length)]!,
      target: ids[random.int(ids.length)]!,
      value: null,
    })),
  })
}

const named = (count: number) => Array.from({ length: count }, (_, k) => `v${k}`)

const GRAPHS = {
  usual: graphOf(named(60), 90, k => `kind ${k % 4}`),
  empty: graphOf([], 0, () => ''),
  single: graphOf(['alone'], 2, () => 'one'),
  edgeless: graphOf(named(20), 0, k => `kind ${k % 12}`),
  hostile: graphOf(HOSTILE, 9, k => HOSTILE[k]!),
  large: graphOf(named(2500), 4000, k => HOSTILE[k % 4]!),
}

/** Graphs of every kind, placed in every way. */
export const GRAPH_ENTRIES: readonly FigureEntry[] = Object.entries(GRAPHS).flatMap(
  ([data, graph]): FigureEntry[] => [
    {
      figure: 'drawGraph',
      data,
      draw: (o?: object) => drawGraph(graph, { color: 'kind', size: 'amount', ...o }),
    },
    {
      figure: 'drawGraph',
      data: `${data}, tree`,
      draw: (o?: object) => drawGraph(graph, { layout: 'tree', color: 'amount', ...o }),
    },
    {
      figure: 'drawGraph',
      data: `${data}, circle`,
      draw: (o?: object) => drawGraph(graph, { layout: 'circle', label: 'kind', ...o }),
    },
    {
      figure: 'drawGraph',
      data: `${data}, ForceAtlas2`,
      draw: (o?: object) => drawGraph(graph, { layout: 'forceAtlas2', iterations: 3, ...o }),
    },
    {
      figure: 'drawAdjacencyMatrix',
      data,
      draw: (o?: object) => drawAdjacencyMatrix(graph, { group: 'kind', ...o }),
    },
    {
      figure: 'drawAdjacencyMatrix',
      data: `${data}, without groups`,
      draw: (o?: object) => drawAdjacencyMatrix(graph, { order: 'given', label: 'kind', ...o }),
    },
    {
      figure: 'drawCommunities',
      data,
      draw: (o?: object) => drawCommunities(graph, 'kind', { ...o }),
    },
    {
      figure: 'drawCommunities',
      data: `${data}, as circles`,
      draw: (o?: object) => drawCommunities(graph, 'amount', { show: 'communities', ...o }),
    },
    {
      figure: 'drawDegreeDistribution',
      data,
      draw: (o?: object) => drawDegreeDistribution(graph, { ...o }),
    },
    {
      figure: 'drawDegreeDistribution',
      data: `${data}, counts`,
      draw: (o?: object) => drawDegreeDistribution(graph, { kind: 'counts', log: false, ...o }),
    },
  ],
)

const DEGREES: Readonly<Record<string, readonly number[]>> = {
  'no vertices at all': [],
  'NaN and infinite': [1, Number.NaN, Infinity, -1, 4],
  'all NaN': [Number.NaN],
  constant: [3, 3, 3],
  zeros: [0, 0],
  huge: Array.from({ length: 100_000 }, (_, k) => k * k),
}

/** Degrees without a graph. */
export const DEGREE_ENTRIES: readonly FigureEntry[] = Object.entries(DEGREES).map(
  ([data, degrees]) => ({
    figure: 'drawDegreeDistribution',
    data,
    draw: (o?: object) => drawDegreeDistribution(degrees, { ...o }),
  }),
)

const PLACES = Array.from({ length: 40 }, (_, k) => ({
  id: `p${k}`,
  latitude: 30 + (k % 10),
  longitude: -120 + k,
  amount: k % 7 === 0 ? Number.NaN : k,
  kind: `kind ${k % 3}`,
}))

const MAPS: Readonly<Record<string, typeof PLACES>> = {
  usual: PLACES,
  empty: [],
  single: PLACES.slice(0, 1),
  world: PLACES.map((place, k) => ({ ...place, longitude: -180 + 9 * k, latitude: 4 * k - 80 })),
  'all NaN': PLACES.map(place => ({ ...place, latitude: Number.NaN })),
  'infinite and beyond the poles': PLACES.map((place, k) => ({
    ...place,
    latitude: [Infinity, 91, 1e300, 40][k % 4]!,
    longitude: [-Infinity, 1e300, 0, 0][k % 4]!,
  })),
  hostile: PLACES.map((place, k) => ({ ...place, id: HOSTILE[k % 4]!, kind: HOSTILE[k % 4]! })),
  huge: Array.from({ length: 5000 }, (_, k) => ({ ...PLACES[k % 40]!, id: `p${k}` })),
}

/** Points of every kind on maps, with arcs to the next one. */
export const MAP_ENTRIES: readonly FigureEntry[] = Object.entries(MAPS).flatMap(
  ([data, points]): FigureEntry[] => [
    {
      figure: 'geo',
      data,
      draw: (o?: object) =>
        geo(
          {
            points,
            arcs: points.map(({ id, amount }, k) => ({
              source: id,
              target: points[(k + 7) % points.length]!.id,
              amount,
            })),
          },
          { size: 'amount', color: 'kind', weight: 'amount', ...o },
        ),
    },
    {
      figure: 'geo',
      data: `${data}, points only`,
      draw: (o?: object) => geo({ points }, { map: 'world', color: 'amount', ...o }),
    },
  ],
)
