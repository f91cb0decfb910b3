import { BATCH_SIZE, type RecordBatch } from '../../types/batch.js'
import type { KeyedBatch } from '../keys/keyed-batch.js'
import type { Steps } from '../operator.js'
import type { Alone } from './join-mode.js'
import type { JoinOutput } from './join-output.js'
import type { MatchTable } from './join-table.js'
import { ListPairs } from './list-pairs.js'

/**
 * Joins streaming batches with a table in memory.
 *
 * Output comes in the order of the probe side, the matches of a record in the order of the table;
 * records of the table that stand alone come at the end. Pairs are made in pieces of `BATCH_SIZE`,
 * so that a key with many matches takes no more memory than any other.
 */
export class TableJoin {
  readonly #table: MatchTable
  readonly #output: JoinOutput
  /** Marks of the table's rows that have a match, when they are needed. */
  readonly #marks: Uint8Array | null
  /** The pairs that are made at a time; no two batches are under way at once. */
  #probeRows = new Int32Array(0)
  #buildRows = new Int32Array(0)

  constructor(table: MatchTable, output: JoinOutput) {
    this.#table = table
    this.#output = output
    const marked = output.mode.buildAlone !== 'none'
    this.#marks = marked ? new Uint8Array(table.batch.length) : null
    output.know('build', table.batch)
  }

  /**
   * Joins one batch.
   *
   * @param matched One byte per row, set to 1 where there is a match. When given, the caller takes
   * care of the probe side's records that stand alone.
   */
  *probe({ keys, batch }: KeyedBatch, matched?: Uint8Array): Steps {
    const { mode, conditional } = this.#output
    this.#output.know('probe', batch)
    const ids = this.#table.find(keys, batch.length)
    if (!mode.pairs && !conditional) {
      yield* this.#mark(ids, batch, matched)
      return
    }
    const alone = matched === undefined ? mode.probeAlone : 'none'
    // Records without a match come between the pairs, as pairs with row -1.
    const absent = mode.pairs && alone === 'unmatched'
    if (conditional) {
      const flags = matched ?? new Uint8Array(batch.length)
      const walk = new ConditionalPairs(flags, mode.pairs, absent)
      yield* this.#chunks(ids, batch, absent, false, (probe, build) =>
        this.#check(walk, batch, probe, build),
      )
      if (mode.pairs) yield* this.#emit(batch, ...walk.end())
      else if (alone !== 'none') yield* this.#output.alone('probe', batch, rowsOf(flags, alone))
      return
    }
    const plain = !absent && this.#marks === null && matched === undefined
    yield* this.#chunks(ids, batch, absent, plain, (probe, build, absent, range) => {
      if (this.#marks !== null) for (const row of build) if (row >= 0) this.#marks[row] = 1
      if (matched !== undefined) for (let k = 0; k < build.length; k++) matched[probe?.[k] ?? k] = 1
      return this.#emit(batch, probe, build, absent, range)
    })
  }

  /** Begins again with the same table. */
  restart(): void {
    this.#marks?.fill(0)
  }

  /** Pushes on the table's records that stand alone. */
  *finish(): Steps {
    const { buildAlone } = this.#output.mode
    if (this.#marks === null || buildAlone === 'none') return
    const { batch } = this.#table
    const rows = rowsOf(this.#marks, buildAlone)
    for (let k = 0; k < rows.length && !this.#output.closed; k += BATCH_SIZE) {
      yield* this.#output.alone('build', batch, rows.subarray(k, k + BATCH_SIZE))
    }
  }

  /** Semi and anti joins without a condition need no pairs. */
  *#mark(ids: Int32Array, batch: RecordBatch, matched: Uint8Array | undefined): Steps {
    const flags = matched ?? new Uint8Array(batch.length)
    markMatches(this.#table, ids, batch.length, flags, this.#marks)
    const { probeAlone } = this.#output.mode
    if (matched === undefined && probeAlone !== 'none') {
      yield* this.#output.alone('probe', batch, rowsOf(flags, probeAlone))
    }
  }

  /**
   * Makes the pairs of a batch; without probe rows pair `k` is that of row `k`. `take` also hears
   * whether some of the build rows are -1, and whether they are known to be one range.
   *
   * @param plain Whether nothing but the output has to know of the pairs.
   */
  *#chunks(
    ids: Int32Array,
    batch: RecordBatch,
    absent: boolean,
    plain: boolean,
    take: (
      probe: Int32Array | undefined,
      build: Int32Array,
      absent: boolean,
      range?: boolean,
    ) => Steps,
  ): Steps {
    const { length } = batch
    const { single, starts, rows, idsAreRows } = this.#table
    if (idsAreRows || single !== null) {
      this.#makeRoom(length)
      const matches = idsAreRows ? ids : rowsOfIds(ids, single!, length, this.#buildRows)
      const complete = areAllPresent(matches, length)
      if (absent || complete) {
        yield* take(undefined, matches.subarray(0, length), !complete)
        return
      }
      const pairs = presentPairs(matches, length, this.#probeRows, this.#buildRows)
      if (pairs > 0) {
        yield* take(this.#probeRows.subarray(0, pairs), this.#buildRows.subarray(0, pairs), false)
      }
      return
    }
    const lists = new ListPairs(ids, starts!, rows, length, absent)
    if (plain) {
      const all = { ids, starts: starts!, rows, pairs: lists.count() }
      lists.begin(yield* this.#output.lists(batch, this.#table.batch, length, all))
    }
    for (let rest = lists.count(); rest > 0 && !this.#output.closed; ) {
      const size = Math.min(rest, BATCH_SIZE)
      this.#makeRoom(size)
      const probe = this.#probeRows.subarray(0, size)
      const build = this.#buildRows.subarray(0, size)
      const range = lists.fill(probe, build)
      rest -= size
      yield* take(probe, build, absent && !range && !areAllPresent(build, size), range)
    }
  }

  #makeRoom(pairs: number): void {
    if (this.#buildRows.length >= pairs) return
    this.#buildRows = new Int32Array(pairs)
    this.#probeRows = new Int32Array(pairs)
  }

  /** Takes the pairs for which the condition holds. */
  *#check(
    walk: ConditionalPairs,
    batch: RecordBatch,
    probe: Int32Array | undefined,
    build: Int32Array,
  ): Steps {
    const rows = probe ?? Int32Array.from(build, (_, k) => k)
    const real = build.every(row => row >= 0) ? undefined : realPairs(rows, build)
    const probeRows = real?.[0] ?? rows
    const buildRows = real?.[1] ?? build
    const mask = this.#output.passes(
      { batch, rows: probeRows },
      { batch: this.#table.batch, rows: buildRows },
      buildRows.length,
    )
    if (this.#marks !== null) {
      for (let k = 0; k < mask.length; k++) if (mask[k] === 1) this.#marks[buildRows[k]!] = 1
    }
    yield* this.#emit(batch, ...walk.next(rows, build, mask))
  }

  *#emit(
    batch: RecordBatch,
    probe: Int32Array | undefined,
    build: Int32Array,
    absent?: boolean,
    range = false,
  ): Steps {
    if (!this.#output.mode.pairs) return
    const input = probe === undefined ? { batch } : { batch, rows: probe, absent: false }
    const { batch: all } = this.#table
    if (range) {
      // Neighbours are read where they are.
      const neighbours = { batch: all.slice(build[0]!, build[0]! + build.length) }
      yield* this.#output.pairs(input, neighbours, build.length)
      return
    }
    const matches =
      absent === undefined ? { batch: all, rows: build } : { batch: all, rows: build, absent }
    yield* this.#output.pairs(input, matches, build.length)
  }
}

// The loops over rows are functions of their own: inside generators they do not get compiled well.

/** Marks the rows with a match in `flags`, and the matches in `marks`. */
function markMatches(
  { idsAreRows, single, starts, rows }: MatchTable,
  ids: Int32Array,
  length: number,
  flags: Uint8Array,
  marks: Uint8Array | null,
): void {
  for (let row = 0; row < length; row++) {
    const id = ids[row]!
    if (id < 0) continue
    if (idsAreRows || single !== null) {
      const match = idsAreRows ? id : single![id]!
      if (match < 0) continue
      flags[row] = 1
      if (marks !== null) marks[match] = 1
      continue
    }
    const start = starts![id]!
    const end = starts![id + 1]!
    if (start === end) continue
    flags[row] = 1
    if (marks === null) continue
    // All rows of an id are marked together.
    if (rows === null) marks.fill(1, start, end)
    else if (marks[rows[start]!] === 0) for (let k = start; k < end; k++) marks[rows[k]!] = 1
  }
}

/** The match of each row in a table in which no key repeats, or -1. */
function rowsOfIds(
  ids: Int32Array,
  single: Int32Array,
  length: number,
  matches: Int32Array,
): Int32Array {
  for (let row = 0; row < length; row++) {
    const id = ids[row]!
    matches[row] = id < 0 ? -1 : single[id]!
  }
  return matches
}

function areAllPresent(matches: Int32Array, length: number): boolean {
  // The sign bit says that some is negative.
  let bits = 0
  for (let row = 0; row < length; row++) bits |= matches[row]!
  return bits >= 0
}

/** The rows with a match and the matches, which may be `build` itself. Returns how many there are. */
function presentPairs(
  matches: Int32Array,
  length: number,
  probe: Int32Array,
  build: Int32Array,
): number {
  let pairs = 0
  for (let row = 0; row < length; row++) {
    const match = matches[row]!
    probe[pairs] = row
    build[pairs] = match
    // 1 unless the sign bit is set, without a branch that would be mispredicted.
    pairs += 1 + (match >> 31)
  }
  return pairs
}

/**
 * Goes through the pairs of a batch in order and keeps those that pass a condition. A record none
 * of whose pairs passes is kept once, with row -1, where `absent` asks for it.
 */
class ConditionalPairs {
  readonly #flags: Uint8Array
  readonly #pairs: boolean
  readonly #absent: boolean
  #row = -1

  constructor(flags: Uint8Array, pairs: boolean, absent: boolean) {
    this.#flags = flags
    this.#pairs = pairs
    this.#absent = absent
  }

  /** @param mask One entry per pair whose build row is not -1. */
  next(probe: Int32Array, build: Int32Array, mask: Uint8Array): [Int32Array, Int32Array] {
    const flags = this.#flags
    // Each pair is kept or makes room for the -1 of its record; one more ends the record before.
    const keptProbe = new Int32Array(build.length + 1)
    const keptBuild = new Int32Array(build.length + 1)
    let kept = 0
    let real = 0
    for (let k = 0; k < build.length; k++) {
      const row = probe[k]!
      if (row !== this.#row) {
        if (this.#endsAlone()) {
          keptProbe[kept] = this.#row
          keptBuild[kept++] = -1
        }
        this.#row = row
      }
      if (build[k]! < 0 || mask[real++] === 0) continue
      flags[row] = 1
      if (!this.#pairs) continue
      keptProbe[kept] = row
      keptBuild[kept++] = build[k]!
    }
    return [keptProbe.subarray(0, kept), keptBuild.subarray(0, kept)]
  }

  end(): [Int32Array, Int32Array] {
    if (!this.#endsAlone()) return [new Int32Array(0), new Int32Array(0)]
    return [Int32Array.of(this.#row), Int32Array.of(-1)]
  }

  #endsAlone(): boolean {
    return this.#absent && this.#row >= 0 && this.#flags[this.#row] === 0
  }
}

function realPairs(probe: Int32Array, build: Int32Array): [Int32Array, Int32Array] {
  return [probe.filter((_, k) => build[k]! >= 0), build.filter(row => row >= 0)]
}

/** The rows whose flag is set for `matched`, not set for `unmatched`. */
export function rowsOf(flags: Uint8Array, alone: Exclude<Alone, 'none'>): Int32Array {
  const wanted = alone === 'matched' ? 1 : 0
  const rows = new Int32Array(flags.length)
  let length = 0
  for (let row = 0; row < flags.length; row++) if (flags[row] === wanted) rows[length++] = row
  return rows.subarray(0, length)
}
