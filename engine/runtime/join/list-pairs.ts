import type { Place } from '../../functions/chain.js'

/** The pairs of rows with lists of rows by id, a piece at a time. */
export class ListPairs {
  readonly #ids: Int32Array
  readonly #starts: Int32Array
  readonly #rows: Int32Array | null
  readonly #length: number
  readonly #absent: boolean
  /** The next pair: a row and how many of its list are done. */
  #row = 0
  #done = 0

  /**
   * @param ids The list of each of `length` rows, -1 for none.
   * @param starts List `k` is `rows[starts[k]]` up to `rows[starts[k + 1]]`.
   * @param rows `null` where the lists are these positions themselves.
   * @param absent Whether a row without a list makes a pair with -1.
   */
  constructor(
    ids: Int32Array,
    starts: Int32Array,
    rows: Int32Array | null,
    length: number,
    absent: boolean,
  ) {
    this.#ids = ids
    this.#starts = starts
    this.#rows = rows
    this.#length = length
    this.#absent = absent
  }

  /** Goes on from here with `fill`; the pairs before are done. */
  begin({ row, done }: Place): void {
    this.#row = row
    this.#done = done
  }

  /** Number of pairs to come, if none has been taken yet. */
  count(): number {
    const ids = this.#ids
    const starts = this.#starts
    const least = this.#absent ? 1 : 0
    let count = -this.#done
    for (let row = this.#row; row < this.#length; row++) {
      const id = ids[row]!
      const matches = id < 0 ? 0 : starts[id + 1]! - starts[id]!
      count += matches === 0 ? least : matches
    }
    return count
  }

  /**
   * Fills both arrays with the next pairs, of which there must be as many.
   *
   * @returns Whether the rows in `build` are known to be one range.
   */
  fill(probe: Int32Array, build: Int32Array): boolean {
    const ids = this.#ids
    const starts = this.#starts
    const rows = this.#rows
    const absent = this.#absent
    const size = probe.length
    let row = this.#row
    let done = this.#done
    let pairs = 0
    let next = -1
    let range = rows === null
    while (pairs < size) {
      const id = ids[row]!
      const start = id < 0 ? 0 : starts[id]! + done
      const end = id < 0 ? 0 : starts[id + 1]!
      const stop = Math.min(end, start + size - pairs)
      if (rows === null) fillRange(probe, build, pairs, row, start, stop)
      else fillList(probe, build, pairs, row, rows, start, stop)
      pairs += stop - start
      if (stop > start) {
        if (next >= 0 && start !== next) range = false
        next = stop
      }
      if (stop < end) {
        done += stop - start
        continue
      }
      if (absent && done === 0 && start === end) {
        probe[pairs] = row
        build[pairs++] = -1
        range = false
      }
      done = 0
      row++
    }
    this.#row = row
    this.#done = done
    return range
  }
}

function fillRange(
  probe: Int32Array,
  build: Int32Array,
  at: number,
  row: number,
  start: number,
  stop: number,
): void {
  for (let k = start; k < stop; k++) {
    probe[at] = row
    build[at++] = k
  }
}

function fillList(
  probe: Int32Array,
  build: Int32Array,
  at: number,
  row: number,
  rows: Int32Array,
  start: number,
  stop: number,
): void {
  for (let k = start; k < stop; k++) {
    probe[at] = row
    build[at++] = rows[k]!
  }
}
