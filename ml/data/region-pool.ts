/**
 * Regions of fits that are over, for the next ones. The system hands out memory page by page, which takes
 * longer than to fill it, and takes back what nobody uses only when the garbage is collected: fits one
 * after the other would each wait for pages, and hold several times what they need.
 */
import { createRegion, type Region } from '../../engine/extend.js'

/** Regions that wait for the next fit, the one used last at the end. */
const idle: Region[] = []

/** So many bytes may wait in all. */
const MOST_BYTES = 2 ** 30

/** After so long without a fit they are let go. */
const LINGER_MS = 2000

/** The regions of each fit that is under way. */
const taken = new WeakMap<object, Region[]>()

let timer: ReturnType<typeof setTimeout> | undefined

/**
 * An empty region, for as long as a fit runs.
 *
 * @param run The fit, as `giveRegionsBack` will name it. What it makes must hold no arrays of the region.
 */
export function takeRegion(run: object): Region {
  const region = idle.pop() ?? createRegion()
  const others = taken.get(run)
  if (others === undefined) taken.set(run, [region])
  else others.push(region)
  return region
}

/** Says that a fit has ended well, and that nobody uses its regions any more. */
export function giveRegionsBack(run: object): void {
  for (const region of taken.get(run) ?? []) {
    region.free()
    idle.push(region)
  }
  taken.delete(run)
  let bytes = 0
  for (const { byteLength } of idle) bytes += byteLength
  while (bytes > MOST_BYTES) bytes -= idle.shift()!.byteLength
  clearTimeout(timer)
  timer = setTimeout(() => idle.splice(0), LINGER_MS)
  // Nothing waits for this: a process may end. Timers of pages are numbers.
  if (typeof timer === 'object') timer.unref()
}
