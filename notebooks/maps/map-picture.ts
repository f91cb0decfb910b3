import { type GeoProjection, geoAlbersUsa, geoMercator, geoNaturalEarth1, geoPath } from 'd3-geo'
import { US_STATES, WORLD_COASTS } from './outlines.js'

/** Which map is drawn. */
export type MapName = 'auto' | 'us' | 'world'

/** A map in its place, in pixels. */
export interface MapPicture {
  readonly name: 'the United States' | 'the world' | 'a part of the world'
  /** Elements of SVG. */
  readonly content: string
  /** By point, x and y in turn; NaN for those that are not on the map. */
  readonly positions: Float32Array
  /** A line between two points, as a path. */
  readonly arc: (from: number, to: number) => string
}

/** Points that are farther apart than this are on a map of the whole world. */
const PART = { longitude: 120, latitude: 60 }

/** Room around the outermost points, in pixels. */
const MARGIN = 40

/** A map of the United States if nearly all points are there, or else of the world or of a part of it. */
export function mapPicture(
  longitudes: Float64Array,
  latitudes: Float64Array,
  map: MapName,
  width: number,
  height: number,
): MapPicture {
  const places = Array.from(longitudes, (longitude, k) => [longitude, latitudes[k]!] as const)
  const located = places.filter(isPlace).map(([x, y]): [number, number] => [x, y])
  const states = { type: 'MultiLineString' as const, coordinates: linesOf(US_STATES, 100) }
  const us = geoAlbersUsa().fitExtent(extentOf(width, height, 6), states)
  const within = located.filter(place => us(place) !== null).length
  const isUs =
    map === 'us' || (map === 'auto' && located.length > 0 && within >= 0.9 * located.length)
  const part = !isUs && map === 'auto' && isPart(located)
  const projection = isUs ? us : worldProjection(located, part, width, height)
  const outline = isUs
    ? states
    : { type: 'MultiLineString' as const, coordinates: linesOf(WORLD_COASTS, 10) }
  const path = geoPath(projection).digits(1)
  const positions = new Float32Array(2 * places.length).fill(Number.NaN)
  for (const [k, place] of places.entries()) {
    const at = isPlace(place) ? projection([place[0], place[1]]) : null
    if (at === null || !at.every(Number.isFinite)) continue
    positions[2 * k] = at[0]
    positions[2 * k + 1] = at[1]
  }
  const frame = isUs || part ? '' : (path({ type: 'Sphere' }) ?? '')
  return {
    name: isUs ? 'the United States' : part ? 'a part of the world' : 'the world',
    content: `<path d="${path(outline) ?? ''}${frame}" fill="none" stroke="currentColor" stroke-opacity="0.3" stroke-width="0.7"/>`,
    positions,
    arc: (from, to) =>
      isUs
        ? bent(positions, from, to)
        : (path({ type: 'LineString', coordinates: [[...places[from]!], [...places[to]!]] }) ?? ''),
  }
}

function isPlace([longitude, latitude]: readonly [number, number]): boolean {
  return Number.isFinite(longitude) && Math.abs(longitude) <= 360 && Math.abs(latitude) <= 90
}

function isPart(places: readonly (readonly [number, number])[]): boolean {
  const spread = (axis: 0 | 1) =>
    places.reduce((most, place) => Math.max(most, place[axis]), -Infinity) -
    places.reduce((least, place) => Math.min(least, place[axis]), Infinity)
  const high = places.some(([, latitude]) => Math.abs(latitude) > 75)
  return places.length > 0 && !high && spread(0) < PART.longitude && spread(1) < PART.latitude
}

function worldProjection(
  places: [number, number][],
  part: boolean,
  width: number,
  height: number,
): GeoProjection {
  if (!part) return geoNaturalEarth1().fitExtent(extentOf(width, height, 4), { type: 'Sphere' })
  // One place alone has some land around it.
  const around = places.flatMap(([x, y]) => [
    [x - 2, y - 2],
    [x + 2, y + 2],
  ])
  return geoMercator()
    .fitExtent(extentOf(width, height, MARGIN), { type: 'MultiPoint', coordinates: around })
    .clipExtent([
      [0, 0],
      [width, height],
    ])
}

function extentOf(
  width: number,
  height: number,
  margin: number,
): [[number, number], [number, number]] {
  const most = Math.min(margin, width / 4, height / 4)
  return [
    [most, most],
    [width - most, height - most],
  ]
}

/** A line that bends to one side, so that those there and back are two. */
function bent(positions: Float32Array, from: number, to: number): string {
  const [x, y, toX, toY] = [
    positions[2 * from]!,
    positions[2 * from + 1]!,
    positions[2 * to]!,
    positions[2 * to + 1]!,
  ]
  const [middleX, middleY] = [(x + toX) / 2 + 0.15 * (toY - y), (y + toY) / 2 - 0.15 * (toX - x)]
  return `M${tenth(x)},${tenth(y)}Q${tenth(middleX)},${tenth(middleY)},${tenth(toX)},${tenth(toY)}`
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10
}

/** Lines of longitude and latitude from their text. */
function linesOf(text: string, units: number): [number, number][][] {
  return text.split(';').map(line => {
    const steps = line.match(/-?\d+/g)!.map(Number)
    let [x, y] = [0, 0]
    return Array.from({ length: steps.length / 2 }, (_, k): [number, number] => {
      x += steps[2 * k]!
      y += steps[2 * k + 1]!
      return [x / units, y / units]
    })
  })
}
