import type { Memory } from './benchmark.js'

/**
 * What a process held at its peak, per `count` of something, in words.
 *
 * The resident set before the data were loaded, which is Node and the program, is taken off. The
 * peak is that of all runs and includes what the collector had not let go of, so that it is an upper
 * bound of what a run needs.
 */
export function memoryNote({ base, loaded, peak }: Memory, count: number, unit: string): string {
  const per = (bytes: number) => Math.round(bytes / count)
  return `${per(peak - base)} bytes per ${unit} at the peak, of which ${per(loaded - base)} are the input`
}
