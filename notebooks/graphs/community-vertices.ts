import { grouped } from '../data/finite.js'
import type { DrawnCommunities } from './drawn-communities.js'
import { fittedPositions } from './fitted-positions.js'
import { graphSVG } from './graph-svg.js'
import { hullSVG, type Point } from './hulls.js'
import { groupedLayout } from './layouts/grouped.js'
import type { LayoutOptions } from './layouts/layout.js'
import { placedLabels } from './placed-labels.js'

/** Room between the vertices of a community and its hull. */
const ROOM = 12

/** Larger graphs have no hulls: they would cover each other. */
const LABELS = 12

/** All vertices of a graph, those of a community beside each other and within a hull. */
export async function communityVertices(
  { graph, all, colored, colorOf, titleOf }: DrawnCommunities,
  { width, height }: { readonly width: number; readonly height: number },
  options: LayoutOptions,
) {
  const { count, degrees, loaded, sources, targets } = graph
  const placed = await groupedLayout(graph, all.codes, options)
  const positions = fittedPositions(placed, width, height)
  const most = degrees.reduce((a, b) => Math.max(a, b), 1)
  const unit = Math.min(7, Math.max(1.5, 95 / Math.sqrt(count || 1)))
  const radii = Float32Array.from(degrees, degree => unit * (0.5 + Math.sqrt(degree / most)))
  const order = Array.from(radii.keys()).sort((a, b) => radii[b]! - radii[a]! || a - b)
  const name = (v: number) => String(loaded.ids.at(v))
  const tip = (v: number) =>
    `${name(v)}\n${titleOf(all.names[all.codes[v]!]!)}\nneighbours: ${grouped(degrees[v]!)}`
  const members = all.names.map((): Point[] => [])
  for (let v = 0; v < count; v++) {
    members[all.codes[v]!]!.push([positions[2 * v]!, positions[2 * v + 1]!])
  }
  const hulls = members.map((points, k) => hullSVG(points, colorOf(k), ROOM))
  const colors = {
    palette: colored.legend.map(([, color]) => color),
    codes: Uint8Array.from(colored.codes),
    legend: [],
    notes: [],
  }
  const scene = { width, height, positions, radii, sources, targets }
  const labels = placedLabels({ order, most: LABELS, nameOf: name }, scene)
  return {
    content: hulls.join('') + graphSVG({ ...scene, colors, labels, tip, arrows: false }),
    notes: [graph.note, 'Area: number of neighbours.'],
  }
}
