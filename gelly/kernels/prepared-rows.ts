/** Rows that several algorithms share, built once for each topology. */
import type { Topology } from '../topology/topology.js'
import { type ArcRows, arcRows } from './arc-rows.js'
import {
  type DegreeOrderedArcRows,
  type DegreeOrderedRows,
  degreeOrderedRows,
} from './degree-ordered-rows.js'
import { type NeighbourDegrees, neighbourDegrees } from './neighbour-degrees.js'

/** The rows of one topology, each built when it is first asked for. */
class PreparedRows {
  readonly #topology: Topology
  #arcs: ArcRows | undefined
  #ordered: DegreeOrderedRows | undefined
  #orderedArcs: DegreeOrderedArcRows | undefined
  #degrees: NeighbourDegrees | undefined

  constructor(topology: Topology) {
    this.#topology = topology
  }

  /** `topology.simple` with arcs. */
  get arcs(): ArcRows {
    this.#arcs ??= arcRows(this.#topology)
    return this.#arcs
  }

  /** Each edge once, by rank. */
  get ordered(): DegreeOrderedRows {
    const { simple, region } = this.#topology
    this.#ordered ??= this.#orderedArcs ?? degreeOrderedRows(simple, region)
    return this.#ordered
  }

  /** As `ordered`, with arcs. */
  get orderedArcs(): DegreeOrderedArcRows {
    this.#orderedArcs ??= degreeOrderedRows(this.arcs, this.#topology.region)
    return this.#orderedArcs
  }

  /** How many distinct neighbours each vertex has. */
  get degrees(): NeighbourDegrees {
    this.#degrees ??= neighbourDegrees(this.arcs)
    return this.#degrees
  }
}

const prepared = new WeakMap<Topology, PreparedRows>()

/** The rows that are kept with a topology. */
export function preparedRows(topology: Topology): PreparedRows {
  const known = prepared.get(topology) ?? new PreparedRows(topology)
  prepared.set(topology, known)
  return known
}
