/**
 * The loops of gather, sum, apply over numbers, as a template for kernels on several threads: see
 * `makerAround`. It refers to nothing but its parameters. What it does is what
 * `gather-sum-apply-loop.ts` does, in the same order for each vertex.
 */

/** Functions of places, made of the arrays that they read. */
export interface NumericFunctions {
  readonly gather: (
    arrays: readonly NumberArray[],
  ) => (neighbour: number, edge: number, context: unknown) => unknown
  readonly sum: (arrays: readonly NumberArray[]) => (a: unknown, b: unknown) => unknown
  readonly apply: (
    arrays: readonly NumberArray[],
  ) => (sum: unknown, vertex: number, context: unknown) => unknown
}

/** What fields lie in. */
export type NumberArray = Float64Array | Int32Array

/** Rows of one side, with what `gather` reads there. */
export interface NumericSide {
  readonly offsets: Int32Array
  readonly neighbours: Int32Array
  readonly gatherArrays: readonly NumberArray[]
}

/** What the loops work on. All arrays of vertices lie in the region. */
export interface NumericParts {
  readonly sides: readonly NumericSide[]
  readonly applyArrays: readonly NumberArray[]
  /** Values handed over, and counts of the graph. */
  readonly handed: Readonly<Record<string, unknown>>
  /** See `GatherSumApplyParts`. */
  readonly once: boolean
  readonly values: Float64Array
  readonly given: Float64Array
  readonly sums: Float64Array
  readonly has: Uint8Array
  readonly changed: Uint8Array
  /** Gets the values as they were before `apply`. */
  readonly before: Float64Array
  /** Gets the vertices that change, from the beginning of each part on. */
  readonly list: Int32Array
  /** Applied to vertices that have gathered nothing, unless it is `undefined`. */
  readonly none: number | undefined
  readonly aggregates: PartAggregates
}

/** Aggregates by part: what each part adds up lies at its number, name by name. */
export interface PartAggregates {
  readonly names: readonly string[]
  /** By name. */
  readonly rules: readonly ('sum' | 'min' | 'max')[]
  /** By part and name. */
  readonly totals: Float64Array
  /** By part and name: whether anything was added. */
  readonly added: Uint8Array
  /** By name: the values of the superstep before. */
  readonly previous: Float64Array
  /** By name: whether there is such a value. */
  readonly known: Uint8Array
}

/** What a kernel is to do; the numbers are those in `numericLoops`. */
export const PHASES = { give: 0, giveChanged: 1, sum: 2, sumChanged: 3, apply: 4 } as const

/**
 * Does a phase for vertices `from` to `to`. Gives how many have changed, or -1 where a function
 * threw, or gave or added anything but a number.
 */
export type NumericKernel = (
  phase: number,
  side: number,
  superstep: number,
  cuts: Int32Array,
  from: number,
  to: number,
) => number

/** The template. */
export function numericLoops(
  functions: NumericFunctions,
  {
    sides,
    applyArrays,
    handed,
    once,
    values,
    given,
    sums,
    has,
    changed,
    before,
    list,
    none,
    aggregates,
  }: NumericParts,
): NumericKernel {
  const { names, rules, totals, added, previous, known } = aggregates
  const own = new Float64Array(names.length)
  const some = new Uint8Array(names.length)
  const placeOf = (name: string): number => {
    for (let k = 0; k < names.length; k++) if (names[k] === name) return k
    throw new Error('no such aggregate')
  }
  const number = (value: unknown): number => {
    if (typeof value === 'number') return value
    throw new Error('no number')
  }
  const context = {
    ...handed,
    superstep: 0,
    add(name: string, value: unknown): void {
      const k = placeOf(name)
      const rule = rules[k]
      if (rule === 'sum') own[k]! += number(value)
      else if (rule === 'min') own[k] = Math.min(own[k]!, number(value))
      else own[k] = Math.max(own[k]!, number(value))
      some[k] = 1
    },
    aggregate(name: string): number | null {
      const k = placeOf(name)
      return known[k] === 1 ? previous[k]! : null
    },
  }
  const gathers = sides.map(({ gatherArrays }) => functions.gather(gatherArrays))
  const sum = functions.sum([])
  const apply = functions.apply(applyArrays)

  const give = (from: number, to: number, all: boolean): void => {
    const gather = gathers[0]!
    for (let u = from; u < to; u++) {
      if (all || changed[u] === 1) given[u] = number(gather(u, -1, context))
    }
  }
  const sumGiven = (side: number, from: number, to: number): void => {
    const { offsets, neighbours } = sides[side]!
    for (let v = from; v < to; v++) {
      let k = offsets[v]!
      const end = offsets[v + 1]!
      if (k === end) continue
      let total: unknown = has[v] === 1 ? sums[v]! : given[neighbours[k++]!]!
      for (; k < end; k++) total = sum(total, given[neighbours[k]!]!)
      sums[v] = number(total)
      has[v] = 1
    }
  }
  const sumEdges = (side: number, from: number, to: number): void => {
    const { offsets, neighbours } = sides[side]!
    const gather = gathers[side]!
    for (let v = from; v < to; v++) {
      const end = offsets[v + 1]!
      if (offsets[v] === end) continue
      let begun = has[v] === 1
      let total: unknown = begun ? sums[v]! : 0
      for (let k = offsets[v]!; k < end; k++) {
        const message = gather(neighbours[k]!, k, context)
        total = begun ? sum(total, message) : message
        begun = true
      }
      sums[v] = number(total)
      has[v] = 1
    }
  }
  const sumChanged = (side: number, from: number, to: number): void => {
    const { offsets, neighbours } = sides[side]!
    const gather = gathers[side]!
    for (let v = from; v < to; v++) {
      const end = offsets[v + 1]!
      let begun = has[v] === 1
      let total: unknown = begun ? sums[v]! : 0
      for (let k = offsets[v]!; k < end; k++) {
        const u = neighbours[k]!
        if (changed[u] !== 1) continue
        const message = once ? given[u]! : gather(u, k, context)
        total = begun ? sum(total, message) : message
        begun = true
      }
      if (!begun) continue
      sums[v] = number(total)
      has[v] = 1
    }
  }
  const applyAll = (from: number, to: number): number => {
    before.set(values.subarray(from, to), from)
    let length = from
    for (let v = from; v < to; v++) {
      if (has[v] !== 1 && none === undefined) continue
      const value = apply(has[v] === 1 ? sums[v]! : none, v, context)
      has[v] = 0
      if (value === undefined) continue
      const next = number(value)
      const old = values[v]!
      // biome-ignore lint/suspicious/noSelfCompare: only NaN is not equal to itself.
      if (next === old || (next !== next && old !== old)) continue
      values[v] = next
      list[length++] = v
    }
    return length - from
  }
  /** What was added belongs to the part of these cuts that begins and ends here. */
  const putAggregates = (cuts: Int32Array, from: number, to: number): void => {
    let part = 0
    while (cuts[part] !== from || cuts[part + 1] !== to) part++
    totals.set(own, part * names.length)
    added.set(some, part * names.length)
  }

  return (phase, side, superstep, cuts, from, to) => {
    context.superstep = superstep
    for (let k = 0; k < names.length; k++) {
      own[k] = rules[k] === 'sum' ? 0 : rules[k] === 'min' ? Infinity : -Infinity
      some[k] = 0
    }
    try {
      let count = 0
      if (phase < 2) give(from, to, phase === 0)
      else if (phase === 3) sumChanged(side, from, to)
      else if (phase === 4) count = applyAll(from, to)
      else if (once) sumGiven(side, from, to)
      else sumEdges(side, from, to)
      if (names.length > 0) putAggregates(cuts, from, to)
      return count
    } catch {
      return -1
    }
  }
}
