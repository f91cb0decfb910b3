/**
 * The minimum spanning forest by Borůvka's algorithm: in each round, every tree takes the lightest
 * edge that leaves it. Edges of equal weight are taken by number, so that there is one answer.
 *
 * Rounds at least halve the number of trees; edges within a tree are dropped on the way.
 *
 * Source: Borůvka 1926; Nešetřil, Milková, Nešetřilová, "Otakar Borůvka on minimum spanning tree
 * problem", Discrete Mathematics 233, 2001.
 */

/** What a forest consists of. */
export interface SpanningForest {
  /** Numbers of the edges, ascending. */
  readonly edges: Int32Array
  /** By vertex: the tree, a number from 0 in the order of their first vertices. */
  readonly trees: Int32Array
  readonly treeCount: number
}

/** A forest that grows round by round. */
export interface GrowingForest {
  readonly sources: Int32Array
  readonly targets: Int32Array
  readonly weights: Float64Array
  /** By vertex: another one of its tree, the root at last. */
  readonly parents: Int32Array
  /** Edges that may still lead from one tree to another: the first `openCount`. */
  readonly open: Int32Array
  openCount: number
  /** Edges of the forest: the first `chosenCount`. */
  readonly chosen: Int32Array
  chosenCount: number
  /** By root of a tree: its lightest edge in this round. */
  readonly lightest: Int32Array
}

/** Each vertex a tree of its own. O(vertices + edges). */
export function startForest(
  vertexCount: number,
  sources: Int32Array,
  targets: Int32Array,
  weights: Float64Array,
): GrowingForest {
  return {
    ...{ sources, targets, weights },
    parents: Int32Array.from({ length: vertexCount }, (_, v) => v),
    open: Int32Array.from({ length: sources.length }, (_, k) => k),
    openCount: sources.length,
    chosen: new Int32Array(Math.max(0, vertexCount - 1)),
    chosenCount: 0,
    lightest: new Int32Array(vertexCount).fill(-1),
  }
}

/** One round; returns how many edges it took, 0 when the forest is complete. O(vertices + open edges). */
export function growForest(forest: GrowingForest): number {
  findLightest(forest)
  const { lightest, parents, sources, targets, chosen } = forest
  const before = forest.chosenCount
  for (let root = 0; root < lightest.length; root++) {
    const edge = lightest[root]!
    if (edge < 0) continue
    lightest[root] = -1
    const a = rootOf(parents, sources[edge]!)
    const b = rootOf(parents, targets[edge]!)
    // Both trees may have chosen the same edge.
    if (a === b) continue
    parents[Math.max(a, b)] = Math.min(a, b)
    chosen[forest.chosenCount++] = edge
  }
  return forest.chosenCount - before
}

/** The forest as it is now. O(vertices). */
export function finishForest({ parents, chosen, chosenCount }: GrowingForest): SpanningForest {
  const trees = new Int32Array(parents.length)
  let treeCount = 0
  for (let v = 0; v < parents.length; v++) {
    // The root of a tree is its first vertex.
    const root = rootOf(parents, v)
    trees[v] = root === v ? treeCount++ : trees[root]!
  }
  return { edges: chosen.slice(0, chosenCount).sort(), trees, treeCount }
}

function findLightest(forest: GrowingForest): void {
  const { sources, targets, weights, parents, open, openCount, lightest } = forest
  let kept = 0
  for (let at = 0; at < openCount; at++) {
    const edge = open[at]!
    const a = rootOf(parents, sources[edge]!)
    const b = rootOf(parents, targets[edge]!)
    if (a === b) continue
    open[kept++] = edge
    const weight = weights[edge]!
    // Edges come by number: of equal ones the first stays.
    if (lightest[a]! < 0 || weight < weights[lightest[a]!]!) lightest[a] = edge
    if (lightest[b]! < 0 || weight < weights[lightest[b]!]!) lightest[b] = edge
  }
  forest.openCount = kept
}

function rootOf(parents: Int32Array, v: number): number {
  let root = v
  while (parents[root] !== root) {
    const parent = parents[root]!
    parents[root] = parents[parent]!
    root = parents[root]!
  }
  return root
}
