/** Kernels by name: WebAssembly where there is any, plain TypeScript where not. */
import { knownOptions, oneOf } from '../../types/arguments.js'
import type { Region } from '../region/region.js'
import { type EdgeRowKernels, edgeRowKernels } from './edge-rows.js'
import { type KernelExports, kernelExports } from './kernel-module.js'
import { type VectorKernels, vectorKernels } from './vectors.js'

/** The kernels that there are, by the name of their module. */
export interface KernelModules {
  readonly 'edge-rows': EdgeRowKernels
  readonly vectors: VectorKernels
}

/** How kernels are to run. */
export interface KernelOptions {
  /** `false` takes the plain form also where there is WebAssembly. Default `true`. */
  readonly webAssembly?: boolean
}

/** How a module's bytes are imported, and how its functions are put over a region. */
type Sources = {
  readonly [N in keyof KernelModules]: readonly [
    load: () => Promise<{ readonly code: string }>,
    bind: (region: Region, exports: KernelExports | null) => KernelModules[N],
  ]
}

const SOURCES: Sources = {
  'edge-rows': [() => import('./modules/edge-rows.js'), edgeRowKernels],
  vectors: [() => import('./modules/vectors.js'), vectorKernels],
}

/**
 * Kernels that work on the arrays of a region where they lie.
 *
 * They are WebAssembly where the platform has it, and otherwise plain TypeScript that gives the same
 * answer, bit by bit: it adds in the same order. `form` says which. Arrays of other regions, and
 * arrays of none, are refused by both.
 *
 * @param name The module, such as `'vectors'`.
 * @param options.webAssembly `false` takes the plain form.
 * @throws {ArgumentError} If there is no module of that name; lists the known ones.
 *
 * Cost: a module is a kilobyte, imported and compiled when it is first asked for in a thread.
 * @example
 * const region = createRegion()
 * const { dot } = await loadKernels('vectors', region)
 * dot(region.float64([1, 2, 3]), region.float64([4, 5, 6])) // 32
 */
export async function loadKernels<N extends keyof KernelModules>(
  name: N,
  region: Region,
  options: KernelOptions = {},
): Promise<KernelModules[N]> {
  oneOf(name, Object.keys(SOURCES), 'loadKernels', 'the name')
  knownOptions(options, ['webAssembly'], 'loadKernels')
  const [load, bind] = SOURCES[name]
  if (options.webAssembly === false) return bind(region, null)
  return bind(region, await kernelExports(name, async () => (await load()).code, region))
}
