/**
 * Louvain, level by level (Blondel, Guillaume, Lambiotte, Lefebvre 2008), with the refinement of
 * Leiden where it is asked for: vertices move between communities, then communities become vertices.
 */
import { coarsen, renumber } from './coarsen.js'
import { type LevelGraph, modularityOf } from './level-graph.js'
import { moveVertices, startMoving } from './local-moving.js'
import { refineCommunities } from './refine-communities.js'

/** What a level came to. */
export interface LevelOutcome {
  readonly communities: number
  readonly modularity: number
  /** How often vertices moved; 0 in the last level. */
  readonly moves: number
}

/** Vertices looked at between two pauses. */
const PIECE = 1 << 15

/** See the module's documentation. */
export class LouvainLevels {
  /** By vertex of the graph: its community so far, from 0 without gaps, by first vertex. */
  readonly communities: Int32Array
  readonly #refine: boolean
  #level: LevelGraph
  /** By vertex of the graph: the vertex of the level that it has become part of. */
  readonly #part: Int32Array
  /** By vertex of the level: the community it begins in. */
  #begin: Int32Array
  #order: Int32Array

  /**
   * @param order In which vertices are looked at first.
   */
  constructor(first: LevelGraph, order: Int32Array, refine: boolean) {
    this.#level = first
    this.#order = order
    this.#refine = refine
    this.#part = upTo(first.vertexCount)
    this.#begin = upTo(first.vertexCount)
    this.communities = upTo(first.vertexCount)
  }

  /**
   * Does one level. After one without moves there is nothing left to do.
   *
   * @param breathe Awaited between pieces of work.
   */
  async next(breathe: () => Promise<void>): Promise<LevelOutcome> {
    const level = this.#level
    const community = this.#begin
    const moving = startMoving(level, community, this.#order)
    while (moving.waiting > 0) {
      moveVertices(level, moving, PIECE)
      await breathe()
    }
    const { moves } = moving
    const refined = this.#refine ? refineCommunities(level, community, this.#order) : null
    const count = renumber(community)
    const { communities } = this
    const part = this.#part
    for (let v = 0; v < part.length; v++) communities[v] = community[part[v]!]!
    const whole = coarsen(level, community, count)
    const modularity = modularityOf(whole)
    if (refined === null) this.#become(whole, community, upTo(count))
    else {
      const parts = renumber(refined)
      const begin = new Int32Array(parts)
      for (let v = 0; v < community.length; v++) begin[refined[v]!] = community[v]!
      this.#become(coarsen(level, refined, parts), refined, begin)
    }
    return { communities: count, modularity, moves }
  }

  #become(level: LevelGraph, partOf: Int32Array, begin: Int32Array): void {
    const part = this.#part
    for (let v = 0; v < part.length; v++) part[v] = partOf[part[v]!]!
    this.#level = level
    this.#begin = begin
    this.#order = upTo(level.vertexCount)
  }
}

function upTo(length: number): Int32Array {
  const numbers = new Int32Array(length)
  for (let v = 0; v < length; v++) numbers[v] = v
  return numbers
}
