import { assert, type KernelTeam, type TeamKernels } from '../../engine/extend.js'
import { histogramKernels } from '../kernels/histograms.js'
import { bestSplit, leafValue, type NodeSums, type Split } from './best-split.js'
import type { BinnedRows } from './bins.js'
import { GrowingTree, type GrownTree } from './growing-tree.js'

/** How trees grow. */
export interface GrowthLimits {
  readonly maxLeaves: number
  readonly maxDepth: number
  readonly minLeafRecords: number
  readonly l2: number
}

/** A node's records are a range of `order`. */
interface Range {
  readonly start: number
  readonly end: number
}

/** The sums of a node's records by feature and bin. */
interface Histogram {
  readonly sums: Float64Array
  /** Empty where curvatures count the records. */
  readonly counts: Int32Array
}

/** A node that may be split. */
interface OpenNode extends Range {
  readonly id: number
  readonly depth: number
  readonly histogram: Histogram
  readonly split: Split
}

/** Less work than this, in records times features, is not worth calling other threads. */
const WORTH = 400_000

/**
 * Grows trees over the same records, one after the other: the leaf whose split gains most is split first.
 * The histograms of the smaller child are counted, those of the larger one are what is left of the parent's.
 */
export class TreeGrower {
  /** The records that the next tree grows of, ascending; it sorts them by leaf. In the region. */
  readonly order: Int32Array
  readonly #team: KernelTeam
  readonly #kernels: TeamKernels<typeof histogramKernels.functions>
  readonly #rows: BinnedRows
  readonly #limits: GrowthLimits
  readonly #bins: Int32Array
  readonly #missing: Int32Array
  readonly #ordered: Float32Array
  readonly #lefts: Int32Array
  readonly #rights: Int32Array
  readonly #starts: Int32Array
  readonly #wentLeft: Int32Array
  readonly #facts: Float64Array
  readonly #splits: Float64Array
  readonly #features: Int32Array
  readonly #constant: boolean
  readonly #free: Histogram[] = []

  private constructor(
    team: KernelTeam,
    kernels: TeamKernels<typeof histogramKernels.functions>,
    rows: BinnedRows,
    most: number,
    constant: boolean,
    limits: GrowthLimits,
  ) {
    const { region } = team
    const { size, thresholds, hasMissing } = rows
    this.#team = team
    this.#kernels = kernels
    this.#rows = rows
    this.#limits = limits
    this.#constant = constant
    this.#bins = region.int32(thresholds.map(({ length }) => length + 1))
    this.#missing = region.int32(hasMissing.map(Number))
    this.order = region.int32(most)
    this.#ordered = region.float32(2 * most)
    this.#lefts = region.int32(most)
    this.#rights = region.int32(most)
    this.#starts = region.int32(team.evenParts(most).length)
    this.#wentLeft = region.int32(this.#starts.length)
    this.#facts = region.float64(8)
    this.#splits = region.float64(12 * size)
    // Features go by pairs, in 256 parts at most.
    const step = 2 * Math.ceil(size / 512)
    this.#features = Int32Array.from({ length: Math.ceil(size / step) + 1 }, (_, k) =>
      Math.min(k * step, size),
    )
  }

  /**
   * @param most How many records a tree grows of at most.
   * @param constant Whether curvatures are always 1.
   */
  static async create(
    team: KernelTeam,
    rows: BinnedRows,
    most: number,
    constant: boolean,
    limits: GrowthLimits,
  ): Promise<TreeGrower> {
    return new TreeGrower(team, await team.load(histogramKernels), rows, most, constant, limits)
  }

  /**
   * Grows a tree of the first `count` records of `order`.
   *
   * @param slopes By record: gradient and curvature.
   */
  async grow(count: number, slopes: Float32Array): Promise<GrownTree> {
    const { maxLeaves, maxDepth, minLeafRecords, l2 } = this.#limits
    const open: OpenNode[] = []
    const whole = { start: 0, end: count }
    const sums = await this.#rootSums(count, slopes)
    const histogram = this.#newHistogram()
    await this.#growNodes(whole, histogram, sums)
    const tree = new GrowingTree(leafValue(sums, l2), count)
    this.#consider(open, 0, sums, { ...whole, id: 0, depth: 0, histogram })
    while (open.length > 0 && tree.leafCount < maxLeaves) {
      const node = takeBest(open)
      const { start, end, split } = node
      const middle = start + (await this.#part(split, node, slopes))
      assert(middle - start === split.left.count, () => 'a histogram counts other records')
      const left = tree.split(node.id, split, this.#rows.hasMissing[split.feature]!, {
        middle,
        values: [leafValue(split.left, l2), leafValue(split.right, l2)],
      })
      const depth = node.depth + 1
      const larger = Math.max(middle - start, end - middle)
      if (tree.leafCount === maxLeaves || depth >= maxDepth || larger < 2 * minLeafRecords) {
        this.#free.push(node.histogram)
        continue
      }
      const children = [
        { start, end: middle, id: left, depth, sums: split.left },
        { start: middle, end, id: left + 1, depth, sums: split.right },
      ] as const
      const [small, large] = leftIsSmaller(split) ? children : [children[1], children[0]]
      const own = this.#newHistogram()
      await this.#growNodes(small, own, small.sums, node.histogram, large.sums)
      this.#consider(open, 0, small.sums, { ...small, histogram: own })
      this.#consider(open, 1, large.sums, { ...large, histogram: node.histogram })
    }
    for (const { histogram } of open) this.#free.push(histogram)
    return tree.finish()
  }

  /** Keeps a node for later if it can be split. */
  #consider(open: OpenNode[], which: 0 | 1, sums: NodeSums, node: Omit<OpenNode, 'split'>): void {
    const split = bestSplit(this.#splits, which, sums)
    if (split === undefined) this.#free.push(node.histogram)
    else open.push({ ...node, split })
  }

  /** The sums over all records, with their slopes gathered. */
  async #rootSums(count: number, slopes: Float32Array): Promise<NodeSums> {
    const { gatherSlopes, sumSlopes } = this.#kernels
    const parts = this.#team.evenParts(count)
    await gatherSlopes(parts, this.order, slopes, this.#ordered)
    let gradient = 0
    for (const sum of await sumSlopes(parts, this.#ordered, 0)) gradient += sum
    if (this.#constant) return { gradient, curvature: count, count }
    let curvature = 0
    for (const sum of await sumSlopes(parts, this.#ordered, 1)) curvature += sum
    return { gradient, curvature, count }
  }

  /** Fills a node's histogram, makes the parent's its sibling's, and finds the best splits of both. */
  async #growNodes(
    { start, end }: Range,
    { sums, counts }: Histogram,
    own: NodeSums,
    parent?: Histogram,
    sibling: NodeSums = own,
  ): Promise<void> {
    const { binned, length, size } = this.#rows
    const { growNodes } = this.#kernels
    const { l2, minLeafRecords } = this.#limits
    const facts = [own, sibling].flatMap(node => [node.gradient, node.curvature, node.count])
    this.#facts.set([...facts, l2, minLeafRecords])
    const counted = this.#constant ? 0 : 1
    const { sums: others, counts: otherCounts } = parent ?? { sums, counts }
    const node = [binned, length, this.order, start, end, this.#ordered, counted] as const
    const histograms = [sums, counts, others, otherCounts, parent === undefined ? 0 : 1] as const
    const rest = [this.#bins, this.#missing, this.#facts, this.#splits] as const
    if ((end - start) * size > WORTH) {
      await growNodes(this.#features, ...node, ...histograms, ...rest)
    } else growNodes.here(0, size, ...node, ...histograms, ...rest)
  }

  #newHistogram(): Histogram {
    const { region } = this.#team
    const { size } = this.#rows
    const counts = this.#constant ? 0 : 256 * size
    return this.#free.pop() ?? { sums: region.float64(512 * size), counts: region.int32(counts) }
  }

  /** Sorts a node's records by its split, and gathers the slopes of the smaller side; returns how many go left. */
  async #part(split: Split, { start, end }: Range, slopes: Float32Array): Promise<number> {
    const { binned, length, size } = this.#rows
    const { feature, bin, missingLeft } = split
    const column = binned.subarray(feature * length, (feature + 1) * length)
    const { partRecords, settleRecords } = this.#kernels
    const { order } = this
    const [lefts, rights, starts, wentLeft] = [
      ...[this.#lefts, this.#rights, this.#starts, this.#wentLeft],
    ] as const
    const count = end - start
    const parts = count * size > WORTH ? this.#team.evenParts(count) : Int32Array.of(0, count)
    const parting = [column, order, start, bin, missingLeft ? 1 : 0, lefts!, rights!] as const
    const single = parts.length === 2
    const went = single
      ? Float64Array.of(partRecords.here(0, count, ...parting))
      : await partRecords(parts, ...parting)
    starts!.set(parts)
    wentLeft!.set(went)
    const left = went.reduce((a, b) => a + b, 0)
    const gatherLeft = leftIsSmaller(split) ? 1 : 0
    const lists = [order, start, lefts!, rights!, starts!, wentLeft!] as const
    const settling = [...lists, left, gatherLeft, slopes, this.#ordered] as const
    if (single) settleRecords.here(0, count, ...settling)
    else await settleRecords(parts, ...settling)
    return left
  }
}

function leftIsSmaller({ left, right }: Split): boolean {
  return left.count < right.count
}

function takeBest(open: OpenNode[]): OpenNode {
  let best = 0
  for (let k = 1; k < open.length; k++) {
    if (open[k]!.split.gain > open[best]!.split.gain) best = k
  }
  return open.splice(best, 1)[0]!
}
