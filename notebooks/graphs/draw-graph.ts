import {
  nonNegativeInteger,
  numberFrom,
  oneOf,
  positiveInteger,
  trueOrFalse,
} from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import type { Graph, VertexId } from '../../gelly/index.js'
import { type ChartOptions, chartOptions } from '../charts/chart.js'
import { framed } from '../charts/framed.js'
import { nameOf } from '../data/categories.js'
import { grouped } from '../data/finite.js'
import { numbersOf } from '../data/rows.js'
import type { Displayable } from '../display/displayable.js'
import { type ByVertex, byVertex, type VertexColumn } from './by-vertex.js'
import { type AnyGraph, type DrawnGraph, drawnGraph } from './drawn-graph.js'
import { fittedPositions } from './fitted-positions.js'
import { type GivenPositions, givenPositions } from './given-positions.js'
import { GraphCanvas } from './graph-canvas.js'
import type { GraphScene } from './graph-scene.js'
import { graphSVG, TIPS } from './graph-svg.js'
import { circleLayout } from './layouts/circle.js'
import { forceLayout } from './layouts/force.js'
import { forceAtlas2Layout } from './layouts/force-atlas2.js'
import type { Layout, Positions } from './layouts/layout.js'
import { treeLayout } from './layouts/tree.js'
import { placedLabels } from './placed-labels.js'
import { type VertexColors, vertexColors } from './vertex-colors.js'

/** How vertices are placed. */
export type GraphLayout = 'auto' | 'force' | 'forceAtlas2' | 'circle' | 'tree' | 'given'

/** Options of `drawGraph`. */
export interface DrawGraphOptions extends ChartOptions {
  /**
   * Springs and charges ('force'), the same approximated for large graphs ('forceAtlas2'), a circle, levels
   * from vertices that no edge reaches ('tree'), or as `positions` say ('given'). Default 'auto': given
   * where there are positions, force for up to 1,500 vertices, ForceAtlas2 for more.
   */
  readonly layout?: GraphLayout
  /** Where vertices are; those that are not among them are left out. */
  readonly positions?: GivenPositions
  /** What the area of vertices says. Default: the number of neighbours. */
  readonly size?: ByVertex
  /** What the colour of vertices says: kinds, or amounts where it is many different numbers. Default: nothing. */
  readonly color?: ByVertex
  /** The names of vertices. Default: their ids. */
  readonly label?: ByVertex
  /** How many vertices have their name beside them: the largest, where there is room. Default 12. */
  readonly labels?: number
  /** Whether lines have heads. Default: up to 100 edges, unless each has one that leads back. */
  readonly arrows?: boolean
  /** For the layout. Default 0. */
  readonly seed?: number
  /** Of the layout. Default: 300 for small graphs down to 30 for the largest. */
  readonly iterations?: number
  /** Ends the layout. */
  readonly signal?: AbortSignal
}

const OWN = [
  'layout',
  'positions',
  'size',
  'color',
  'label',
  'labels',
  'arrows',
  'seed',
  'iterations',
  'signal',
]

const LAYOUTS: Readonly<Record<Exclude<GraphLayout, 'auto' | 'given'>, Layout>> = {
  force: forceLayout,
  forceAtlas2: forceAtlas2Layout,
  circle: circleLayout,
  tree: treeLayout,
}

/** Lines of larger graphs are a sample. */
const MOST_LINES = 60_000

/**
 * A drawing of a graph: lines between its vertices, which are placed so that neighbours are close.
 *
 * Loads the graph. Up to 1,500 vertices it is a picture with tooltips; larger ones are a canvas on pages,
 * which can be moved and zoomed, and a picture in files. Edges both ways, and parallel ones, are one line.
 *
 * Cost: 10,000 vertices and 30,000 edges take about four seconds, and 0.9 megabytes; the layout lets
 * other work of the thread run in between, so that it can be cancelled.
 *
 * @param options What to show, and how; results of algorithms are given as they are:
 *   `size: ranks.vertices`.
 * @throws {ArgumentError} If an option is unknown or wrong.
 * @throws {SchemaError} If there is no field of that name.
 * @throws {AbortError} If the signal was aborted.
 * @example
 * const { vertices } = await pageRank(network)
 * const drawing = await drawGraph(network, { size: vertices, labels: 2, title: 'Ranks' })
 * drawing.title // 'Ranks'
 */
export async function drawGraph<K extends VertexId, VV, EV>(
  graph: Graph<K, VV, EV>,
  options: DrawGraphOptions = {},
): Promise<Displayable> {
  const figure = 'drawGraph'
  const parts = chartOptions(options, figure, OWN, 'Graph', { width: 720, height: 520 })
  const { layout = 'auto', labels: most = 12, seed = 0, iterations, signal } = options
  oneOf(layout, ['auto', ...Object.keys(LAYOUTS), 'given'], figure, 'layout')
  nonNegativeInteger(most, figure, 'labels')
  numberFrom(seed, figure, 'seed', -Number.MAX_VALUE)
  if (iterations !== undefined) positiveInteger(iterations, figure, 'iterations')
  if (options.arrows !== undefined) trueOrFalse(options.arrows, figure, 'arrows')
  const drawn = await drawnGraph(graph as unknown as AnyGraph, figure, signal)
  const column = (given: ByVertex | undefined, option: string) =>
    given === undefined ? undefined : byVertex(given, drawn, figure, option, signal)
  const size = (await column(options.size, 'size')) ?? {
    name: 'number of neighbours',
    values: Array.from(drawn.degrees),
  }
  const colored = await column(options.color, 'color')
  const names = await column(options.label, 'label')
  const placed = await placedBy(layout, drawn, options, figure)
  const colors = vertexColors(colored, drawn.count)
  const scene = sceneOf(drawn, placed, parts, size, colors, colored, names, most, options.arrows)
  const words = describe(drawn, scene, size)
  const frame = {
    title: options.title ?? `Graph of ${words.size}`,
    description: words.description,
    legend: colors.legend,
    notes: [...words.notes, drawn.note, ...colors.notes, `Area: ${size.name}.`],
  }
  const still = () => framed({ ...parts, ...frame, content: graphSVG(scene) })
  return drawn.count > TIPS ? new GraphCanvas(frame, scene, still) : still()
}

async function placedBy(
  layout: GraphLayout,
  drawn: DrawnGraph,
  options: DrawGraphOptions,
  figure: string,
): Promise<Positions> {
  const { positions, seed = 0, iterations, signal } = options
  if (layout === 'given' || (layout === 'auto' && positions !== undefined)) {
    if (positions === undefined) {
      throw new ArgumentError(
        `${figure}: layout 'given' needs positions, such as { x: 'longitude', y: 'latitude' }.`,
      )
    }
    return givenPositions(positions, drawn, figure, signal)
  }
  const chosen = layout === 'auto' ? (drawn.count <= TIPS ? 'force' : 'forceAtlas2') : layout
  return LAYOUTS[chosen](drawn, { seed, iterations, signal })
}

function sceneOf(
  drawn: DrawnGraph,
  placed: Positions,
  { width, height }: { readonly width: number; readonly height: number },
  size: VertexColumn,
  colors: VertexColors,
  colored: VertexColumn | undefined,
  names: VertexColumn | undefined,
  most: number,
  arrows: boolean | undefined,
): GraphScene {
  const { count, loaded } = drawn
  const positions = fittedPositions(placed, width, height)
  const amounts = numbersOf(size.values)
  const largest = amounts.reduce((max, value) => (value > max ? value : max), 0)
  const unit = Math.min(9, Math.max(1.5, 95 / Math.sqrt(count || 1)))
  const radii = Float32Array.from(amounts, value => {
    const share =
      largest > 0 && value > 0 && Number.isFinite(value) ? Math.min(1, value / largest) : 0
    return unit * (0.45 + 1.15 * Math.sqrt(share))
  })
  const title = (v: number) =>
    names === undefined ? String(loaded.ids.at(v)) : saidValue(names.values[v], String)
  const tip = (v: number) =>
    [
      title(v),
      `${size.name}: ${saidValue(amounts[v])}`,
      ...(colored === undefined ? [] : [`${colored.name}: ${saidValue(colored.values[v])}`]),
    ].join('\n')
  const order = Array.from({ length: count }, (_, v) => v)
  const byArea = order.toSorted((a, b) => radii[b]! - radii[a]! || a - b)
  const headed = arrows ?? (drawn.sources.length <= 100 && !isSymmetric(drawn))
  const lines = headed ? directed(drawn) : sampledLines(drawn)
  const labels = placedLabels(
    { order: byArea, most, nameOf: title },
    { positions, radii, width, height, ...lines },
  )
  return { width, height, positions, radii, colors, ...lines, arrows: headed, labels, tip }
}

function saidValue(value: unknown, said: (number: number) => string = grouped): string {
  if (typeof value !== 'number') return nameOf(value)
  return Number.isFinite(value) ? said(value) : '(missing)'
}

/** Whether each edge has one that leads back. */
function isSymmetric({ loaded }: DrawnGraph): boolean {
  const { sources, targets } = loaded.topology
  const there = new Set(Array.from(sources, (source, k) => `${source} ${targets[k]}`))
  return Array.from(sources).every((source, k) => there.has(`${targets[k]} ${source}`))
}

/** A line for each edge in its direction, loops left out. */
function directed({ loaded }: DrawnGraph): Pick<GraphScene, 'sources' | 'targets'> {
  const { sources, targets } = loaded.topology
  const kept = [...sources.keys()].filter(k => sources[k] !== targets[k]).slice(0, MOST_LINES)
  return {
    sources: Int32Array.from(kept, k => sources[k]!),
    targets: Int32Array.from(kept, k => targets[k]!),
  }
}

/** The lines, or evenly spread ones of too many. */
function sampledLines({ sources, targets }: DrawnGraph): Pick<GraphScene, 'sources' | 'targets'> {
  if (sources.length <= MOST_LINES) return { sources, targets }
  const step = sources.length / MOST_LINES
  const at = (ends: Int32Array) =>
    Int32Array.from({ length: MOST_LINES }, (_, k) => ends[Math.floor(k * step)]!)
  return { sources: at(sources), targets: at(targets) }
}

function describe(
  drawn: DrawnGraph,
  { positions, radii, tip, arrows }: GraphScene,
  size: VertexColumn,
) {
  const { count, loaded, sources } = drawn
  const counted = (number: number, one: string, many: string) =>
    `${grouped(number)} ${number === 1 ? one : many}`
  const words = `${counted(count, 'vertex', 'vertices')} and ${counted(loaded.topology.edgeCount, 'edge', 'edges')}`
  let hidden = 0
  for (let v = 0; v < count; v++) if (Number.isNaN(positions[2 * v]!)) hidden++
  const top = Array.from(radii.keys())
    .toSorted((a, b) => radii[b]! - radii[a]! || a - b)
    .slice(0, 3)
    .map(v => tip(v).split('\n')[0]!)
  const largest = top.length === 0 ? '' : `; the largest by ${size.name} are ${top.join(', ')}`
  const unknown = numbersOf(size.values).filter(value => !(value >= 0 && value < Infinity)).length
  const notes = [
    unknown > 0
      ? `${counted(unknown, 'vertex has', 'vertices have')} no ${size.name} of 0 or more; drawn as the smallest.`
      : undefined,
    hidden > 0
      ? `${counted(hidden, 'vertex has', 'vertices have')} no position and no place here.`
      : undefined,
    !arrows && sources.length > MOST_LINES
      ? `${grouped(MOST_LINES)} of ${grouped(sources.length)} lines are drawn.`
      : undefined,
  ]
  const description = count === 0 ? 'No vertices.' : `${words.replace(' and', ',')}${largest}.`
  return { size: words, description, notes }
}
