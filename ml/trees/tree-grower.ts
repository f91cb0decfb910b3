import { assert, type KernelTeam, type TeamKernels } from '../../engine/extend.js'
import { histogramKernels } from '../kernels/histograms.js'
import { bestSplit, type Histogram, leafValue, type NodeSums, type Split } from './best-split.js'
import type { BinnedRows } from './bins.js'

/** How trees grow. */
export interface GrowthLimits {
  readonly maxLeaves: number
  readonly maxDepth: number
  readonly minLeafRecords: number
  readonly l2: number
}

/** A tree over bins. The right child of a node stands behind the left one. */
export interface GrownTree {
  /** By node: the feature that it looks at. */
  readonly features: readonly number[]
  /** By node: the last bin that goes left. */
  readonly bins: readonly number[]
  /** By node: whether missing values go left. */
  readonly missingLeft: readonly boolean[]
  /** By node: its left child; -1 for leaves. */
  readonly lefts: readonly number[]
  /** By node: what it gives; of leaves only. */
  readonly values: number[]
  /** By node: what its split gains. */
  readonly gains: readonly number[]
  /** The leaves by where their records begin. */
  readonly leaves: readonly {
    readonly node: number
    readonly start: number
    readonly end: number
  }[]
}

/** Grows trees over the same records, one after the other. */
export interface TreeGrower {
  /** The records that the next tree grows of, in any order; it sorts them by leaf. In the region. */
  readonly order: Int32Array
  /**
   * @param count How many of `order`.
   * @param slopes By record: gradient and curvature.
   * @param constant Whether all curvatures are 1.
   */
  grow(count: number, slopes: Float32Array, constant: boolean): Promise<GrownTree>
}

/** A node that may be split. */
interface OpenNode {
  readonly id: number
  readonly depth: number
  readonly start: number
  readonly end: number
  readonly sums: NodeSums
  readonly histogram: Histogram
  readonly split: Split
}

/** Entries of less work than this are not worth a call on several threads. */
const WORTH = 65_536

/**
 * Makes what grows trees: the leaf whose split gains most is split first. The histograms of the smaller
 * child are counted, those of the larger one are what is left of the parent's.
 *
 * @param most How many records a tree grows of at most.
 */
export async function createTreeGrower(
  team: KernelTeam,
  rows: BinnedRows,
  most: number,
  limits: GrowthLimits,
): Promise<TreeGrower> {
  const kernels = await team.load(histogramKernels)
  return new Grower(team, kernels, rows, most, limits)
}

class Grower implements TreeGrower {
  readonly order: Int32Array
  readonly #team: KernelTeam
  readonly #kernels: TeamKernels<typeof histogramKernels.functions>
  readonly #rows: BinnedRows
  readonly #limits: GrowthLimits
  readonly #bins: readonly number[]
  readonly #ordered: Float32Array
  readonly #lefts: Int32Array
  readonly #rights: Int32Array
  readonly #pairs: Int32Array
  readonly #free: Histogram[] = []

  constructor(
    team: KernelTeam,
    kernels: TeamKernels<typeof histogramKernels.functions>,
    rows: BinnedRows,
    most: number,
    limits: GrowthLimits,
  ) {
    const { region } = team
    this.#team = team
    this.#kernels = kernels
    this.#rows = rows
    this.#limits = limits
    this.#bins = rows.thresholds.map(thresholds => thresholds.length + 1)
    this.order = region.int32(most)
    this.#ordered = region.float32(2 * most)
    this.#lefts = region.int32(most)
    this.#rights = region.int32(most)
    // At most 1024 parts of an even number of features.
    const step = 2 * Math.ceil(rows.size / 2 / 256)
    const parts = Math.ceil(rows.size / step)
    this.#pairs = Int32Array.from({ length: parts + 1 }, (_, k) => Math.min(k * step, rows.size))
  }

  async grow(count: number, slopes: Float32Array, constant: boolean): Promise<GrownTree> {
    const { maxLeaves, maxDepth } = this.#limits
    const tree = emptyTree()
    const open: OpenNode[] = []
    const leaves = [{ node: 0, start: 0, end: count }]
    const first = await this.#counted(0, count, slopes, constant)
    const sums = sumsOf(first, count)
    addNode(tree, leafValue(sums, this.#limits.l2))
    this.#consider(open, { id: 0, depth: 0, start: 0, end: count, sums, histogram: first })
    while (open.length > 0 && leaves.length < maxLeaves) {
      const node = takeBest(open)
      const { id, split, start, end, histogram } = node
      const middle = start + (await this.#part(split, start, end))
      assert(middle - start === split.left.count, () => 'a histogram counts other records')
      const left = addNode(tree, leafValue(split.left, this.#limits.l2))
      const right = addNode(tree, leafValue(split.right, this.#limits.l2))
      describe(tree, id, left, split, this.#rows.hasMissing[split.feature]!)
      const at = leaves.findIndex(leaf => leaf.node === id)
      leaves[at] = { node: left, start, end: middle }
      leaves.push({ node: right, start: middle, end })
      const depth = node.depth + 1
      const last = leaves.length === maxLeaves || depth >= maxDepth
      const [leftOpen, rightOpen] = [middle - start, end - middle].map(
        records => !last && records >= 2 * this.#limits.minLeafRecords,
      )
      if (leftOpen || rightOpen) {
        const leftSmaller = middle - start < end - middle
        const [from, to] = leftSmaller ? [start, middle] : [middle, end]
        const small = await this.#counted(from, to, slopes, constant)
        subtract(histogram, small)
        const [a, b] = leftSmaller ? [small, histogram] : [histogram, small]
        const base = { depth, start, end: middle, id: left, sums: split.left, histogram: a }
        const other = { depth, start: middle, end, id: right, sums: split.right, histogram: b }
        if (leftOpen) this.#consider(open, base)
        else this.#free.push(a)
        if (rightOpen) this.#consider(open, other)
        else this.#free.push(b)
      } else this.#free.push(histogram)
    }
    for (const { histogram } of open) this.#free.push(histogram)
    leaves.sort((a, b) => a.start - b.start)
    return { ...tree, leaves }
  }

  /** Keeps a node for later if it can be split. */
  #consider(open: OpenNode[], node: Omit<OpenNode, 'split'>): void {
    const { l2, minLeafRecords } = this.#limits
    const { hasMissing } = this.#rows
    const limits = { bins: this.#bins, hasMissing, l2, minLeafRecords }
    const split = bestSplit(node.histogram, node.sums, limits)
    if (split === undefined) this.#free.push(node.histogram)
    else open.push({ ...node, split })
  }

  /** The histograms of a node, by its records. */
  async #counted(
    start: number,
    end: number,
    slopes: Float32Array,
    constant: boolean,
  ): Promise<Histogram> {
    const { binned, length, size } = this.#rows
    const { gatherSlopes, fillHistograms } = this.#kernels
    const ordered = this.#ordered
    const histogram = this.#free.pop() ?? this.#newHistogram(constant)
    const { sums, counts } = histogram
    const count = end - start
    const isLarge = count * size > WORTH
    if (isLarge) {
      await gatherSlopes(this.#team.evenParts(count), this.order, start, slopes, ordered)
    } else gatherSlopes.here(0, count, this.order, start, slopes, ordered)
    const given = [binned, length, this.order, start, end, ordered, constant ? 0 : 1] as const
    if (isLarge) await fillHistograms(this.#pairs, ...given, sums, counts)
    else fillHistograms.here(0, size, ...given, sums, counts)
    return histogram
  }

  #newHistogram(constant: boolean): Histogram {
    const { region } = this.#team
    const { size } = this.#rows
    return { sums: region.float64(512 * size), counts: region.int32(constant ? 0 : 256 * size) }
  }

  /** Sorts a node's records by its split; returns how many go left. */
  async #part({ feature, bin, missingLeft }: Split, start: number, end: number): Promise<number> {
    const { binned, length } = this.#rows
    const column = binned.subarray(feature * length, (feature + 1) * length)
    const { partRecords } = this.#kernels
    const { order } = this
    const [lefts, rights] = [this.#lefts, this.#rights]
    const count = end - start
    const parts = count > WORTH ? this.#team.evenParts(count) : Int32Array.of(0, count)
    const given = [column, order, start, bin, missingLeft ? 1 : 0, lefts, rights] as const
    const went =
      parts.length > 2
        ? await partRecords(parts, ...given)
        : Float64Array.of(partRecords.here(0, count, ...given))
    let at = start
    for (let k = 0; k < went.length; k++) {
      order.set(lefts.subarray(parts[k]!, parts[k]! + went[k]!), at)
      at += went[k]!
    }
    const left = at - start
    for (let k = 0; k < went.length; k++) {
      const others = parts[k + 1]! - parts[k]! - went[k]!
      order.set(rights.subarray(parts[k]!, parts[k]! + others), at)
      at += others
    }
    return left
  }
}

type Growing = {
  readonly [N in keyof Omit<GrownTree, 'leaves'>]: GrownTree[N][number][]
}

function emptyTree(): Growing {
  return { features: [], bins: [], missingLeft: [], lefts: [], values: [], gains: [] }
}

/** Adds a leaf. */
function addNode(tree: Growing, value: number): number {
  tree.features.push(0)
  tree.bins.push(0)
  tree.missingLeft.push(false)
  tree.lefts.push(-1)
  tree.gains.push(0)
  return tree.values.push(value) - 1
}

/** Makes a leaf a node with children. Who has seen no missing values sends them where more records go. */
function describe(
  tree: Growing,
  id: number,
  left: number,
  { feature, bin, missingLeft, gain, left: a, right: b }: Split,
  hasMissing: boolean,
): void {
  tree.features[id] = feature
  tree.bins[id] = bin
  tree.missingLeft[id] = hasMissing ? missingLeft : a.count > b.count
  tree.lefts[id] = left
  tree.gains[id] = gain
}

function takeBest(open: OpenNode[]): OpenNode {
  let best = 0
  for (let k = 1; k < open.length; k++) {
    if (open[k]!.split.gain > open[best]!.split.gain) best = k
  }
  return open.splice(best, 1)[0]!
}

/** The sums over all records: those of any feature's bins. */
function sumsOf({ sums }: Histogram, count: number): NodeSums {
  let gradient = 0
  let curvature = 0
  for (let at = 0; at < 512; at += 2) {
    gradient += sums[at]!
    curvature += sums[at + 1]!
  }
  return { gradient, curvature, count }
}

/** Leaves of a parent's histogram what is not one child's. */
function subtract(parent: Histogram, child: Histogram): void {
  const { sums, counts } = parent
  const { sums: ofChild, counts: countsOfChild } = child
  for (let at = 0; at < sums.length; at++) sums[at]! -= ofChild[at]!
  for (let at = 0; at < counts.length; at++) counts[at]! -= countsOfChild[at]!
}
