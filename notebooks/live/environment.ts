import { denoKernel, ijavascriptKernel, tslabKernel } from '../display/kernels.js'

/** Where a program can show things. */
export type Surroundings = 'deno' | 'tslab' | 'ijavascript' | 'browser' | 'terminal'

/**
 * Says where the program runs: in a notebook of Deno's kernel, of tslab or of ijavascript, on a page, or
 * anywhere else, which is called a terminal.
 *
 * @example environment() // 'terminal'
 */
export function environment(): Surroundings {
  if (denoKernel() !== undefined) return 'deno'
  if (tslabKernel() !== undefined) return 'tslab'
  if (ijavascriptKernel() !== undefined) return 'ijavascript'
  return globalThis.document === undefined ? 'terminal' : 'browser'
}
