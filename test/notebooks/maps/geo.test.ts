import test from 'ava'
import { ArgumentError, from } from '../../../engine/index.js'
import { geo } from '../../../notebooks/index.js'

const CITIES = [
  { id: 'SEA', latitude: 47.6, longitude: -122.3, flights: 100 },
  { id: 'MIA', latitude: 25.8, longitude: -80.2, flights: 50 },
  { id: 'BOS', latitude: 42.4, longitude: -71, flights: 25 },
]
const EUROPE = [
  { id: 'Berlin', latitude: 52.5, longitude: 13.4 },
  { id: 'Rome', latitude: 41.9, longitude: 12.5 },
]

/** Centres of circles by the first line of their tooltips. */
function circlesOf(svg: string | null): Map<string, readonly [x: number, y: number, r: number]> {
  const found = svg!.matchAll(
    /<circle cx="([^"]+)" cy="([^"]+)" r="([^"]+)"[^>]*><title>([^<\n]+)/g,
  )
  return new Map([...found].map(([, x, y, r, name]) => [name!, [+x!, +y!, +r!]]))
}

test('chooses the map by where the points are', t => {
  t.regex(geo({ points: CITIES }).description, /^3 points on a map of the United States/)
  t.regex(geo({ points: EUROPE }).description, /^2 points on a map of a part of the world/)
  t.regex(geo({ points: [...CITIES, ...EUROPE] }).description, /^5 points on a map of the world/)
  t.regex(geo({ points: EUROPE }, { map: 'world' }).description, /of the world/)
  t.regex(geo({ points: EUROPE }, { map: 'us' }).description, /2 points have no place on this map/)
})

test('east is to the right and north is up on every map', t => {
  const us = circlesOf(geo({ points: CITIES }).toSVG())
  t.true(us.get('SEA')![0] < us.get('MIA')![0] && us.get('MIA')![0] < us.get('BOS')![0])
  t.true(us.get('SEA')![1] < us.get('BOS')![1] && us.get('BOS')![1] < us.get('MIA')![1])
  for (const map of ['auto', 'world'] as const) {
    const europe = circlesOf(geo({ points: EUROPE }, { map }).toSVG())
    t.true(europe.get('Berlin')![1] < europe.get('Rome')![1], map)
    t.true(europe.get('Berlin')![0] > europe.get('Rome')![0], map)
  }
})

test('areas follow the size, and the largest are named', t => {
  const drawn = geo({ points: CITIES }, { size: 'flights' })
  const circles = circlesOf(drawn.toSVG())
  t.true(circles.get('SEA')![2] > circles.get('MIA')![2])
  t.true(circles.get('MIA')![2] > circles.get('BOS')![2])
  t.regex(drawn.description, /; the largest by flights are SEA, MIA, BOS\./)
})

test('arcs without both ends are left out, and it is said', t => {
  const arcs = [
    { source: 'SEA', target: 'MIA', flights: 9 },
    { source: 'MIA', target: 'SEA', flights: 3 },
    { source: 'SEA', target: 'XXX', flights: 1 },
    { source: 'BOS', target: 'BOS', flights: 1 },
  ]
  const drawn = geo({ points: CITIES, arcs }, { weight: 'flights' })
  t.regex(drawn.description, /3 points and 2 arcs .* 2 arcs are left out/)
  t.is(drawn.toSVG()!.match(/Q/g)!.length, 2)
})

test('columns and fields of other names do, too', t => {
  const points = { iata: ['A', 'B'], lat: [40, 41], lon: [-100, -90] }
  const arcs = { from: ['A'], to: ['B'] }
  const options = { id: 'iata', latitude: 'lat', longitude: 'lon', source: 'from', target: 'to' }
  t.regex(geo({ points, arcs }, options).description, /^2 points and 1 arc /)
})

test('refuses what it cannot draw', t => {
  const wrong = (call: () => unknown, message: RegExp) =>
    t.regex(t.throws(call, { instanceOf: ArgumentError })!.message, message)
  wrong(() => geo(CITIES as never), /the data must be \{ points \} or \{ points, arcs \}/)
  wrong(() => geo({ points: [{ lat: 1 }] }), /field "latitude" is not in the data; it has lat/)
  wrong(() => geo({ points: from(CITIES) as never }), /got a data set/)
  wrong(() => geo({ points: CITIES }, { map: 'mars' as never }), /map/)
  wrong(() => geo({ points: [{ latitude: 1, longitude: 1 }], arcs: [] }), /field "id"/)
})
