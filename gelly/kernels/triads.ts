/**
 * Triads: all triples of vertices by the arcs between them.
 *
 * Only triangles are looked for. Every other class follows: a vertex with its pairs of neighbours
 * tells how many paths of two edges go through it, triangles have three of them each, and what is left
 * of pairs and of triples has one edge and none. So the cost is that of the triangles, O(edges^1.5),
 * where going through the neighbours of both ends of each edge costs O(edges * highest degree).
 *
 * Source for the classes: Holland, Leinhardt: A Method for Detecting Structure in Sociometric Data,
 * 1970. For the approach: Batagelj, Mrvar: A Subquadratic Triad Census Algorithm, 2001, which counts
 * empty triads by subtraction; here all but the closed ones are.
 */
import type { Adjacency } from '../topology/adjacency.js'
import { type ArcRows, turned } from './arc-rows.js'
import { countTriplets } from './degree-sums.js'
import { ExactSum } from './exact-sum.js'

/**
 * The 16 classes of directed triads: the number of pairs with arcs both ways, one way, and none; then
 * D (down), U (up), C (cyclic) or T (transitive) where these do not tell.
 */
export const TRIAD_CLASSES = [
  '003',
  '012',
  '102',
  '021D',
  '021U',
  '021C',
  '111D',
  '111U',
  '030T',
  '030C',
  '201',
  '120D',
  '120U',
  '120C',
  '210',
  '300',
] as const

/** One of the 16 classes of directed triads. */
export type TriadClass = (typeof TRIAD_CLASSES)[number]

/** The 4 classes of undirected triads: the number of edges, and of pairs without one. */
export type UndirectedTriadClass = '03' | '12' | '21' | '30'

/** The class of a triangle from its mask. */
export function classOfTriangle(mask: number): TriadClass {
  const pairs = [mask >> 4, (mask >> 2) & 3, mask & 3]
  const mutual = pairs.filter(pair => pair === 3).length
  if (mutual === 3) return '300'
  if (mutual === 2) return '210'
  // By corner: the arcs that leave it for others, not counting pairs with both arcs.
  const leaving = [0, 0, 0]
  const ends = [
    [0, 1],
    [0, 2],
    [1, 2],
  ] as const
  pairs.forEach((pair, k) => {
    if (pair !== 3) leaving[ends[k]![pair === 1 ? 0 : 1]]!++
  })
  if (mutual === 0) return leaving.includes(2) ? '030T' : '030C'
  if (leaving.includes(2)) return '120D'
  const apex = 2 - pairs.indexOf(3)
  return leaving[apex] === 0 ? '120U' : '120C'
}

/** All classes of directed triads, from the triangles by mask. */
export function directedCensus(rows: ArcRows, triangles: Float64Array): Record<TriadClass, bigint> {
  const census = Object.fromEntries(TRIAD_CLASSES.map(name => [name, 0n])) as Record<
    TriadClass,
    bigint
  >
  const paths = pathsOfTwo(rows)
  triangles.forEach((count, mask) => {
    if (count === 0) return
    census[classOfTriangle(mask)] += BigInt(count)
    for (const name of pathsOfTriangle(mask)) paths[name] -= BigInt(count)
  })
  Object.assign(census, paths)
  const { oneWay, bothWays } = pairsWithArcs(rows)
  const others = BigInt(Math.max(0, rows.offsets.length - 3))
  census['012'] = oneWay * others
  census['102'] = bothWays * others
  let connected = 0n
  for (const name of TRIAD_CLASSES.slice(3)) {
    census['102'] -= BigInt(name[0]!) * census[name]
    census['012'] -= BigInt(name[1]!) * census[name]
    connected += census[name]
  }
  census['003'] = triples(rows) - connected - census['012'] - census['102']
  return census
}

/** All classes of undirected triads, from the number of triangles. */
export function undirectedCensus(
  rows: Adjacency,
  triangles: number,
): Record<UndirectedTriadClass, bigint> {
  const { offsets, neighbours } = rows
  const three = BigInt(triangles)
  const two = countTriplets(rows) - 3n * three
  const others = BigInt(Math.max(0, offsets.length - 3))
  const one = BigInt(neighbours.length / 2) * others - 2n * two - 3n * three
  return { '03': triples(rows) - one - two - three, '12': one, '21': two, '30': three }
}

/** Paths of two edges by the arcs of both, seen from the vertex in the middle. */
type PathClass = '021D' | '021U' | '021C' | '111D' | '111U' | '201'

/** The class of a path by the arcs from its middle to one end and to the other. */
function classOfPath(one: number, other: number): PathClass {
  if (one === other) return ONE_KIND[one - 1]!
  return MIXED[one + other - 3]!
}

const ONE_KIND = ['021D', '021U', '201'] as const
const MIXED = ['021C', '111U', '111D'] as const

function pathsOfTwo({ offsets, arcs }: ArcRows): Record<PathClass, bigint> {
  const sums = { '021D': new ExactSum(), '021U': new ExactSum(), '201': new ExactSum() }
  const mixed = { '021C': new ExactSum(), '111D': new ExactSum(), '111U': new ExactSum() }
  const kinds = [0, 0, 0, 0]
  for (let v = 0; v + 1 < offsets.length; v++) {
    kinds.fill(0)
    for (let k = offsets[v]!; k < offsets[v + 1]!; k++) kinds[arcs[k]!]!++
    const [, leaving, reaching, both] = kinds as [number, number, number, number]
    sums['021D'].addPairs(leaving)
    sums['021U'].addPairs(reaching)
    sums['201'].addPairs(both)
    mixed['021C'].addProduct(leaving, reaching)
    mixed['111U'].addProduct(leaving, both)
    mixed['111D'].addProduct(reaching, both)
  }
  const entries = Object.entries({ ...sums, ...mixed }).map(([name, sum]) => [name, sum.value])
  return Object.fromEntries(entries) as Record<PathClass, bigint>
}

/** The three paths of two edges that a triangle is made of. */
function pathsOfTriangle(mask: number): PathClass[] {
  const [first, second, third] = [mask >> 4, (mask >> 2) & 3, mask & 3]
  return [
    classOfPath(first, second),
    classOfPath(turned(first), third),
    classOfPath(turned(second), turned(third)),
  ]
}

function pairsWithArcs({ arcs }: ArcRows): { oneWay: bigint; bothWays: bigint } {
  let both = 0
  for (let k = 0; k < arcs.length; k++) if (arcs[k] === 3) both++
  return { oneWay: BigInt((arcs.length - both) / 2), bothWays: BigInt(both / 2) }
}

/** The number of triples of vertices. */
function triples({ offsets }: Adjacency): bigint {
  const vertices = BigInt(offsets.length - 1)
  return (vertices * (vertices - 1n) * (vertices - 2n)) / 6n
}
