/** What a kernel team and its workers say to each other beside the board. */
import type { RegionHandle } from '../region/region.js'
import type { SentKernel } from './kernel-source.js'

/** Kernels as other threads get them: a module that has them all, or the text of each. */
export type KernelForms = WebAssembly.Module | readonly SentKernel[]

/** To a worker of a team. */
export type ToMember = { readonly kind: 'team'; readonly team: number } & (
  | {
      readonly what: 'join'
      readonly worker: number
      readonly workers: number
      readonly board: SharedArrayBuffer
      readonly memory: RegionHandle
    }
  /** More kernels, in the order of their numbers. */
  | {
      readonly what: 'kernels'
      readonly names: readonly string[]
      readonly forms: KernelForms
    }
  /** There is news on the board. */
  | { readonly what: 'wake' }
  | { readonly what: 'leave' }
)
