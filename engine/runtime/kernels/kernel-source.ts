/** Kernels that a team can run on several threads, and what of them other threads get. */
import { rebuiltFunction } from '../../functions/code/rebuilt-function.js'
import type { RegionArray } from '../region/region.js'

/** What kernels are called with, before the range of their part. */
export type KernelArgument = number | RegionArray

/**
 * A kernel in plain form: `(...args, from, to)`, where the last two are the range to work on. It may
 * give a number.
 *
 * Other threads get its text, so it uses nothing but its arguments and JavaScript's own globals:
 * neither imports nor functions that stand beside it.
 */
export type KernelFunction = (...args: never[]) => unknown

/** A kernel made of text at run time, such as a loop around users' functions. */
export interface GeneratedKernel {
  /** The text of a function that gets `values` and returns the kernel. */
  readonly maker: string
  /** What `postMessage` can send. */
  readonly values?: readonly unknown[]
}

/** Kernels that belong together: one module of WebAssembly and its twins, or plain ones alone. */
export interface KernelSource<F extends Readonly<Record<string, KernelFunction>>> {
  /** Names them in errors; a module of WebAssembly is kept under it. */
  readonly name: string
  /**
   * Imports the text of the module's bytes, as the build makes it. Each of the functions has an
   * export of its name, with addresses in the place of arrays.
   */
  readonly code?: () => Promise<{ readonly code: string }>
  /** The plain forms by name: they run where there is no WebAssembly. */
  readonly functions: { readonly [N in keyof F]: F[N] | GeneratedKernel }
}

/** A kernel as it is called: with arrays in plain form, with their addresses in WebAssembly. */
export type BareKernel = (...args: (number | RegionArray)[]) => number | undefined

/** A kernel in plain form as other threads get it: its text, or what to make it of. */
export type SentKernel = string | GeneratedKernel

/** What another thread makes a plain kernel of. */
export function sentKernel(kernel: KernelFunction | GeneratedKernel): SentKernel {
  return typeof kernel === 'function' ? Function.prototype.toString.call(kernel) : kernel
}

/** A kernel in plain form on this thread. */
export function plainKernel(kernel: KernelFunction | SentKernel): BareKernel {
  if (typeof kernel === 'function') return kernel as unknown as BareKernel
  if (typeof kernel === 'string') return rebuiltFunction(kernel) as unknown as BareKernel
  const make = rebuiltFunction(kernel.maker) as unknown as (...values: unknown[]) => BareKernel
  return make(...(kernel.values ?? []))
}
