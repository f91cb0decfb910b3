import { nonNegativeInteger, oneOf, shown } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import { type ChartOptions, chartOptions } from '../charts/chart.js'
import { framed } from '../charts/framed.js'
import { nameOf } from '../data/categories.js'
import { grouped } from '../data/finite.js'
import { numbersOf, type Rows, Table } from '../data/rows.js'
import type { Figure } from '../display/figure.js'
import { paleness } from '../graphs/graph-scene.js'
import { graphSVG } from '../graphs/graph-svg.js'
import { placedLabels } from '../graphs/placed-labels.js'
import { vertexColors } from '../graphs/vertex-colors.js'
import { type MapName, type MapPicture, mapPicture } from './map-picture.js'

/** What is drawn on a map. */
export interface GeoData<P, A> {
  /** Places, with latitude and longitude in degrees. */
  readonly points: Rows<P>
  /** Connections between points, by their ids. */
  readonly arcs?: Rows<A>
}

/** Options of `geo`: names of fields, of points unless something else is said. */
export interface GeoOptions extends ChartOptions {
  /** What arcs call a point. Default `'id'`. */
  readonly id?: string
  /** In degrees, north positive. Default `'latitude'`. */
  readonly latitude?: string
  /** In degrees, east positive. Default `'longitude'`. */
  readonly longitude?: string
  /** What the area of points says. Default: all are alike. */
  readonly size?: string
  /** What the colour of points says: kinds, or amounts where it is many different numbers. Default: nothing. */
  readonly color?: string
  /** The names of points. Default: their ids, where they have some. */
  readonly label?: string
  /** How many points have their name beside them: the largest, where there is room. Default 8; none of many alike. */
  readonly labels?: number
  /** Of arcs: where they begin. Default `'source'`. */
  readonly source?: string
  /** Of arcs: where they end. Default `'target'`. */
  readonly target?: string
  /** Of arcs: what their width says. Default: all are alike. */
  readonly weight?: string
  /** The United States, with Alaska and Hawaii moved beside them, or the world. Default: as the points are. */
  readonly map?: MapName
}

const OWN = [
  'id',
  'latitude',
  'longitude',
  'size',
  'color',
  'label',
  'labels',
  'source',
  'target',
  'weight',
  'map',
]

/** Arcs are drawn here, not by the graph's picture. */
const NO_LINES = { sources: new Int32Array(0), targets: new Int32Array(0) }

/** More points of one size have no names: no few of them are to be preferred. */
const MOST_ALIKE = 60

/** Of more arcs, the heaviest are drawn. */
const MOST_ARCS = 5000

/**
 * Points and arcs on a map, which is part of the package: nothing is loaded from elsewhere.
 *
 * Nine tenths of the points in the United States give a map of the states (Albers' projection); points
 * that are close give a part of the world (Mercator's), others the whole (Natural Earth). Arcs that go to no known
 * point are left out. Outlines: US Census Bureau and Natural Earth, public domain. They are coarse, for
 * orientation only.
 *
 * @throws {ArgumentError} If an option is unknown or wrong, or a field is not there.
 * @example
 * const places = [
 *   { id: 'SFO', latitude: 37.6, longitude: -122.4 },
 *   { id: 'JFK', latitude: 40.6, longitude: -73.8 },
 * ]
 * geo({ points: places, arcs: [{ source: 'SFO', target: 'JFK' }] }).description
 * // '2 points and 1 arc on a map of the United States.'
 */
export function geo<P, A>(data: GeoData<P, A>, options: GeoOptions = {}): Figure {
  const figure = 'geo'
  const parts = chartOptions(options, figure, OWN, 'Map', { width: 720, height: 440 })
  const { labels: most = 8, map = 'auto' } = options
  nonNegativeInteger(most, figure, 'labels')
  oneOf(map, ['auto', 'us', 'world'], figure, 'map')
  if (
    typeof data !== 'object' ||
    data === null ||
    (data as Partial<GeoData<P, A>>).points === undefined
  ) {
    throw new ArgumentError(
      `${figure}: the data must be { points } or { points, arcs }; got ${shown(data)}.`,
    )
  }
  const points = new Table(data.points, figure)
  const { width, height } = parts
  const count = points.length
  const latitudes = points.numbers(options.latitude ?? 'latitude', 'latitude')
  const longitudes = points.numbers(options.longitude ?? 'longitude', 'longitude')
  const picture = mapPicture(longitudes, latitudes, map, width, height)
  const hasIds = data.arcs !== undefined || options.id !== undefined || points.names.includes('id')
  const ids = hasIds ? points.values(options.id ?? 'id', 'id') : undefined
  const names = options.label === undefined ? ids : points.values(options.label, 'label')
  const sizes = options.size === undefined ? undefined : points.values(options.size, 'size')
  const kinds = options.color === undefined ? undefined : points.values(options.color, 'color')
  const colors = vertexColors(
    kinds === undefined ? undefined : { name: options.color!, values: Array.from(kinds) },
    count,
  )
  const radii = radiiOf(sizes, count)
  const title = (k: number) => (names === undefined ? `point ${k + 1}` : nameOf(names[k]))
  const tip = (k: number) =>
    [
      title(k),
      ...(sizes === undefined ? [] : [`${options.size}: ${said(sizes[k])}`]),
      ...(kinds === undefined ? [] : [`${options.color}: ${said(kinds[k])}`]),
    ].join('\n')
  const byArea = Array.from({ length: count }, (_, k) => k).sort(
    (a, b) => radii[b]! - radii[a]! || a - b,
  )
  const labels =
    names === undefined || (sizes === undefined && count > MOST_ALIKE)
      ? []
      : placedLabels(
          { order: byArea, most, nameOf: title },
          { ...NO_LINES, positions: picture.positions, radii, width, height },
        )
  const arcs =
    data.arcs === undefined ? undefined : arcsOf(data.arcs, ids!, picture, options, figure)
  const scene = { ...parts, ...picture, radii, colors, labels, tip, arrows: false }
  let missing = 0
  for (let k = 0; k < count; k++) if (Number.isNaN(picture.positions[2 * k]!)) missing++
  const shownArcs = arcs === undefined ? '' : ` and ${counted(arcs.count, 'arc', 'arcs')}`
  const largest = byArea.filter(k => !Number.isNaN(picture.positions[2 * k]!)).slice(0, 3)
  const top =
    sizes === undefined || largest.length === 0
      ? ''
      : `; the largest by ${options.size} are ${largest.map(title).join(', ')}`
  return framed({
    ...parts,
    description:
      count === missing
        ? 'No points.'
        : `${counted(count - missing, 'point', 'points')}${shownArcs} on a map of ${picture.name}${top}.`,
    legend: colors.legend,
    notes: [
      missing === 0
        ? undefined
        : `${counted(missing, 'point has', 'points have')} no place on this map.`,
      ...(arcs?.notes ?? []),
      ...colors.notes.map(note => note?.replace('vertices', 'points')),
      sizes === undefined ? undefined : `Area: ${options.size}.`,
    ],
    content: graphSVG({ ...scene, ...NO_LINES }, picture.content + (arcs?.content ?? '')),
  })
}

function radiiOf(sizes: ArrayLike<unknown> | undefined, count: number): Float32Array {
  const unit = Math.min(9, Math.max(3, 120 / Math.sqrt(count || 1)))
  if (sizes === undefined) return new Float32Array(count).fill(Math.max(1.5, unit / 2))
  const amounts = numbersOf(sizes)
  let largest = 0
  for (const amount of amounts) if (Number.isFinite(amount) && amount > largest) largest = amount
  return Float32Array.from(amounts, amount =>
    largest > 0 && amount > 0 && Number.isFinite(amount)
      ? 1.2 + unit * Math.sqrt(amount / largest)
      : 1.2,
  )
}

/** Arcs as elements of SVG, the heaviest on top. */
function arcsOf<A>(
  given: Rows<A>,
  ids: ArrayLike<unknown>,
  { positions, arc }: MapPicture,
  options: GeoOptions,
  figure: string,
) {
  const table = new Table(given, figure)
  const places = new Map(Array.from(ids, (id, k) => [id, k]))
  const ends = (name: string, option: string) =>
    Int32Array.from(Array.from(table.values(name, option)), id => places.get(id) ?? -1)
  const sources = ends(options.source ?? 'source', 'source')
  const targets = ends(options.target ?? 'target', 'target')
  const weights = options.weight === undefined ? undefined : table.numbers(options.weight, 'weight')
  const known: number[] = []
  for (let k = 0; k < table.length; k++) {
    const [from, to] = [sources[k]!, targets[k]!]
    if (from < 0 || to < 0 || from === to) continue
    if (Number.isNaN(positions[2 * from]!) || Number.isNaN(positions[2 * to]!)) continue
    if (weights === undefined || weights[k]! > 0) known.push(k)
  }
  const heaviest =
    weights === undefined ? known : known.sort((a, b) => weights[b]! - weights[a]! || a - b)
  const drawn = heaviest.slice(0, MOST_ARCS)
  const largest = weights === undefined || drawn.length === 0 ? 1 : weights[drawn[0]!]!
  // One path for each of a few widths.
  const paths = new Map<number, string[]>()
  for (const k of drawn.reverse()) {
    const share = weights === undefined ? 0 : Math.ceil(4 * Math.min(1, weights[k]! / largest))
    const path = paths.get(share) ?? []
    paths.set(share, path)
    path.push(arc(sources[k]!, targets[k]!))
  }
  const pale = Math.max(0.12, paleness(drawn.length))
  // Where arcs are few, none hides another.
  const alike = Math.round(100 * Math.min(0.75, Math.max(0.12, 5 / Math.sqrt(drawn.length)))) / 100
  const opacity = (share: number) =>
    share === 0 ? alike : Math.round(100 * Math.min(0.8, 0.05 + pale * share * share * 0.4)) / 100
  const left = table.length - known.length
  return {
    count: drawn.length,
    content: [...paths]
      .map(
        ([share, path]) =>
          `<path d="${path.join('')}" fill="none" stroke="currentColor" stroke-opacity="${opacity(share)}" stroke-width="${share === 0 ? (drawn.length < 100 ? 1.2 : 0.8) : 0.4 + 0.4 * share}"/>`,
      )
      .join(''),
    notes: [
      left === 0
        ? undefined
        : `${counted(left, 'arc is', 'arcs are')} left out: without both ends on this map, with one end, or without a weight.`,
      drawn.length < known.length
        ? `${grouped(drawn.length)} of ${grouped(known.length)} arcs are drawn${weights === undefined ? '' : ', the heaviest'}.`
        : undefined,
      weights === undefined ? undefined : `Width: ${options.weight}.`,
    ],
  }
}

function said(value: unknown): string {
  if (typeof value === 'number') return Number.isFinite(value) ? grouped(value) : 'none'
  return nameOf(value)
}

function counted(number: number, one: string, many: string): string {
  return `${grouped(number)} ${number === 1 ? one : many}`
}
