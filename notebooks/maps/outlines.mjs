/**
 * Makes outlines.ts: borders of US states (US Census Bureau) and coasts of the world (Natural Earth), both in the
 * public domain, from us-10m.json and world-110m.json of vega-datasets, simplified. Run by hand:
 * `node notebooks/maps/outlines.mjs`.
 */
import { readFileSync, writeFileSync } from 'node:fs'

/** Territories that are not on the map: Puerto Rico and islands. */
const STATES = 56

const us = read('us-10m.json')
const world = read('world-110m.json')
const states = us.objects.states.geometries.filter(({ id }) => id <= STATES)
const text = [
  '/** Made by outlines.mjs from data of the US Census Bureau and of Natural Earth, in the public domain. */',
  '',
  '/** Lines by `;`: a place in hundredths of a degree, longitude and latitude, and the steps to the next ones. */',
  `export const US_STATES = '${encoded(us, states, 100, 4, 30)}'`,
  '',
  '/** The same in tenths of a degree. */',
  `export const WORLD_COASTS = '${encoded(world, [world.objects.land], 10, 2, 6)}'`,
  '',
].join('\n')
writeFileSync(new URL('outlines.ts', import.meta.url), text)
console.log(`${text.length} bytes`)

function read(name) {
  const file = new URL(`../../node_modules/vega-datasets/data/${name}`, import.meta.url)
  return JSON.parse(readFileSync(file, 'utf8'))
}

/** The arcs of shapes, each once, as text. */
function encoded(topology, shapes, units, tolerance, smallest) {
  const used = new Set(shapes.flatMap(({ arcs }) => arcs.flat(Infinity)).map(k => (k < 0 ? ~k : k)))
  return [...used]
    .map(k => placesOf(topology, k, units))
    .filter(places => !isIsland(places) || extent(places) >= smallest)
    .map(places => stepsOf(simplified(places, tolerance)))
    .filter(steps => steps.length >= 4)
    .map(steps => steps.join(' ').replaceAll(' -', '-'))
    .join(';')
}

function placesOf({ arcs, transform }, arc, units) {
  const [scaleX, scaleY] = transform.scale
  const [left, bottom] = transform.translate
  let [x, y] = [0, 0]
  return arcs[arc].map(([dx, dy]) => {
    x += dx
    y += dy
    return [Math.round((x * scaleX + left) * units), Math.round((y * scaleY + bottom) * units)]
  })
}

function isIsland(places) {
  const [first, last] = [places[0], places.at(-1)]
  return first[0] === last[0] && first[1] === last[1]
}

function extent(places) {
  const [xs, ys] = [0, 1].map(axis => places.map(place => place[axis]))
  return Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys))
}

/** Douglas and Peucker's: drops places that are near the line between those that stay. */
function simplified(places, tolerance) {
  if (places.length < 3) return places
  const [first, last] = [places[0], places.at(-1)]
  let [farthest, distance] = [0, -1]
  for (let k = 1; k < places.length - 1; k++) {
    const d = distanceTo(places[k], first, last)
    if (d > distance) [farthest, distance] = [k, d]
  }
  if (distance <= tolerance) return [first, last]
  const before = simplified(places.slice(0, farthest + 1), tolerance)
  return [...before.slice(0, -1), ...simplified(places.slice(farthest), tolerance)]
}

function distanceTo([x, y], [fromX, fromY], [toX, toY]) {
  const [dx, dy] = [toX - fromX, toY - fromY]
  const length = dx * dx + dy * dy
  const share = length === 0 ? 0 : ((x - fromX) * dx + (y - fromY) * dy) / length
  const along = Math.min(1, Math.max(0, share))
  return Math.hypot(x - fromX - along * dx, y - fromY - along * dy)
}

/** The first place, and from each place to the next what is between them. */
function stepsOf(places) {
  let [x, y] = [0, 0]
  const steps = []
  for (const [toX, toY] of places) {
    if (steps.length > 0 && toX === x && toY === y) continue
    steps.push(toX - x, toY - y)
    x = toX
    y = toY
  }
  return steps
}
