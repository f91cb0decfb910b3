/** What a region lies in where there is no WebAssembly. */

/** Bytes in a page of WebAssembly; memories grow by whole pages. */
export const PAGE = 65_536

/** The most pages of a memory: 4 GiB, what 32 bits can address. */
export const MAXIMUM_PAGES = 65_536

/** What a region needs of a memory: the part of `WebAssembly.Memory` that plain buffers can do. */
export interface RegionMemory {
  readonly buffer: ArrayBufferLike
  /**
   * Adds pages and returns how many there were.
   *
   * @throws {RangeError} If there may not be so many.
   */
  grow(pages: number): number
}

/** Shared buffers that grow are younger than the declarations we compile with. */
interface GrowableBuffer extends SharedArrayBuffer {
  grow(byteLength: number): void
}
type GrowableConstructor = new (
  byteLength: number,
  options: { maxByteLength: number },
) => GrowableBuffer

/** A memory of a plain buffer: shared and growing where the platform can, otherwise fixed. */
export class PlainMemory implements RegionMemory {
  readonly buffer: ArrayBufferLike

  constructor(buffer: ArrayBufferLike) {
    this.buffer = buffer
  }

  /** A memory with the pages `initial`; a shared one can grow to `maximum`, where they can at all. */
  static create(initial: number, maximum: number, shared: boolean): PlainMemory {
    if (!shared || typeof SharedArrayBuffer === 'undefined') {
      return new PlainMemory(new ArrayBuffer(initial * PAGE))
    }
    const Growable = SharedArrayBuffer as unknown as GrowableConstructor
    return new PlainMemory(new Growable(initial * PAGE, { maxByteLength: maximum * PAGE }))
  }

  grow(pages: number): number {
    const { byteLength } = this.buffer
    if (pages > 0) {
      if (!('grow' in this.buffer)) throw new RangeError('the buffer cannot grow')
      ;(this.buffer as GrowableBuffer).grow(byteLength + pages * PAGE)
    }
    return byteLength / PAGE
  }
}
