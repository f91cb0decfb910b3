import type { Region } from '../../engine/extend.js'

/** Memory of regions that was borrowed and came back, by its size in bytes. */
const returned = new WeakMap<Region, Map<number, Uint8Array[]>>()

/**
 * Arrays of a region for as long as an algorithm runs. What comes back is lent again, so that a
 * region grows to what is needed at once, however many algorithms run one after the other or side by
 * side.
 */
export class Scratch {
  readonly #region: Region
  readonly #lent: Uint8Array[] = []

  constructor(region: Region) {
    this.#region = region
  }

  /** Zeros. */
  float64(length: number): Float64Array {
    const { buffer, byteOffset } = this.#borrow(length * 8)
    return new Float64Array(buffer, byteOffset, length)
  }

  /** Zeros. */
  int32(length: number): Int32Array {
    const { buffer, byteOffset } = this.#borrow(length * 4)
    return new Int32Array(buffer, byteOffset, length)
  }

  /** Integers with whatever was in them: for who writes all. */
  uncleared(length: number): Int32Array {
    const { buffer, byteOffset } = this.#borrowAsIs(4 * length)
    return new Int32Array(buffer, byteOffset, length)
  }

  /** Numbers with whatever was in them. */
  unclearedFloat64(length: number): Float64Array {
    const { buffer, byteOffset } = this.#borrowAsIs(8 * length)
    return new Float64Array(buffer, byteOffset, length)
  }

  /** Zeros. */
  uint8(length: number): Uint8Array {
    const { buffer, byteOffset } = this.#borrow(length)
    return new Uint8Array(buffer, byteOffset, length)
  }

  /** Returns everything; nobody may use it after that. */
  release(): void {
    let pools = returned.get(this.#region)
    if (pools === undefined) {
      pools = new Map()
      returned.set(this.#region, pools)
    }
    for (const block of this.#lent.splice(0)) {
      const pool = pools.get(block.length)
      if (pool === undefined) pools.set(block.length, [block])
      else pool.push(block)
    }
  }

  #borrow(bytes: number): Uint8Array {
    return this.#lend(this.#returned(bytes)?.fill(0) ?? this.#region.uint8(bytes))
  }

  #borrowAsIs(bytes: number): Uint8Array {
    return this.#lend(this.#returned(bytes) ?? this.#region.uint8(bytes))
  }

  #returned(bytes: number): Uint8Array | undefined {
    return returned.get(this.#region)?.get(bytes)?.pop()
  }

  #lend(block: Uint8Array): Uint8Array {
    this.#lent.push(block)
    return block
  }
}
