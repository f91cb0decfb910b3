import { Graph } from '../../../gelly/index.js'
import { drawGraph } from '../../../notebooks/index.js'
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
  ],
)
