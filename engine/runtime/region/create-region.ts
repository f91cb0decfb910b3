/** Regions from sizes, and from what another thread handed over. */
import { ArgumentError, MemoryError } from '../../errors.js'
import { knownOptions, positiveInteger } from '../../types/arguments.js'
import { shown } from '../../types/column-writer.js'
import { MAXIMUM_PAGES, PAGE, PlainMemory, type RegionMemory } from './plain-memory.js'
import { isRegion, Region, type RegionHandle, writeHeader } from './region.js'

/** How large a region is and may become. */
export interface RegionOptions {
  /**
   * Bytes to begin with, rounded up to pages of 64 KiB. Default 1 MiB; 256 MiB, or the maximum if
   * that is less, for a region that is not shared.
   */
  readonly initialBytes?: number
  /** The most bytes, rounded up to pages of 64 KiB; at most 4 GiB, the default. */
  readonly maximumBytes?: number
  /**
   * Whether other threads can open the region. Default: wherever the platform can. A region that is
   * not shared does not grow, because its arrays would lose their data: it has `initialBytes`.
   */
  readonly shared?: boolean
}

/** What regions begin with: those that grow, and those that have to have it all. */
const [SHARED_BYTES, OWN_BYTES] = [2 ** 20, 2 ** 28]

/**
 * Makes a region: one memory from which arrays are cut, one behind the other.
 *
 * Its arrays are ordinary typed arrays: columns may be made of them, workers get them without a
 * copy, and the functions of `loadKernels` work on them where they lie. The maximum is only address
 * space; memory is taken from the system as it is written to.
 *
 * @throws {ArgumentError} If a size is not a positive integer, or above 4 GiB, or above the maximum.
 * @throws {MemoryError} If the system has not so much address space.
 * @example
 * const region = createRegion()
 * const scores = region.float64([0.5, 0.25, 0.25])
 * const degrees = region.int32(3)
 * scores[0] // 0.5
 * new Float64Column(scores).length // 3
 */
export function createRegion(options: RegionOptions = {}): Region {
  knownOptions(options, ['initialBytes', 'maximumBytes', 'shared'], 'createRegion')
  const maximum = pages(options.maximumBytes ?? MAXIMUM_PAGES * PAGE, 'maximumBytes')
  const shared = options.shared ?? canShare()
  const usual = Math.min(shared ? SHARED_BYTES : OWN_BYTES, maximum * PAGE)
  const initial = pages(options.initialBytes ?? usual, 'initialBytes')
  if (initial > maximum) {
    throw new ArgumentError(
      `createRegion: initialBytes must be at most maximumBytes, ${maximum * PAGE}; got ${initial * PAGE}.`,
    )
  }
  const memory = newMemory(initial, maximum, shared)
  writeHeader(memory.buffer)
  return new Region(memory)
}

/**
 * Opens a region that another thread made.
 *
 * Both threads see the same bytes and may cut arrays from them; who reads what the other writes has
 * to agree on when.
 *
 * @param handle `region.handle`, as it arrived.
 * @throws {ArgumentError} If it is not the memory of a region.
 * @example
 * const region = createRegion()
 * const values = region.float64([1, 2])
 * const opened = openRegion(region.handle) // here in the same thread
 * opened.addressOf(values) // 64
 */
export function openRegion(handle: RegionHandle): Region {
  const isMemory = typeof WebAssembly !== 'undefined' && handle instanceof WebAssembly.Memory
  if (!isMemory && !isBuffer(handle)) {
    throw new ArgumentError(
      `openRegion: the handle must be what region.handle gives; got ${shown(handle)}.`,
    )
  }
  const memory = isMemory ? handle : new PlainMemory(handle as ArrayBufferLike)
  if (!isRegion(memory.buffer)) {
    throw new ArgumentError(
      'openRegion: the memory is not of a region. Hand over what region.handle gives.',
    )
  }
  return new Region(memory)
}

function isBuffer(value: unknown): boolean {
  return (
    value instanceof ArrayBuffer ||
    (typeof SharedArrayBuffer !== 'undefined' && value instanceof SharedArrayBuffer)
  )
}

function pages(bytes: number, name: string): number {
  positiveInteger(bytes, 'createRegion', name)
  const count = Math.ceil(bytes / PAGE)
  if (count <= MAXIMUM_PAGES) return count
  throw new ArgumentError(
    `createRegion: ${name} must be at most ${MAXIMUM_PAGES * PAGE}, what 32 bits can address; got ${bytes}.`,
  )
}

function newMemory(initial: number, maximum: number, shared: boolean): RegionMemory {
  try {
    if (typeof WebAssembly === 'undefined') return PlainMemory.create(initial, maximum, shared)
    if (shared) return new WebAssembly.Memory({ initial, maximum, shared })
    return new WebAssembly.Memory({ initial, maximum: initial })
  } catch (cause) {
    throw new MemoryError(
      `createRegion: the system has no room for ${initial * PAGE} bytes that may grow to ${maximum * PAGE}. Give fewer maximumBytes.`,
      { cause },
    )
  }
}

/**
 * Whether memories can be shared. Pages that are not isolated hide `SharedArrayBuffer`, yet may have
 * shared memories; only posting them to a worker fails there.
 */
function canShare(): boolean {
  if (typeof WebAssembly === 'undefined') return typeof SharedArrayBuffer !== 'undefined'
  try {
    new WebAssembly.Memory({ initial: 0, maximum: 0, shared: true })
    return true
  } catch {
    return false
  }
}
