/** The WebAssembly behind kernels: compiled once in each thread, instantiated for each region. */
import type { Region } from '../region/region.js'

/** The exported functions of a module. */
export type KernelExports = Readonly<Record<string, (...args: number[]) => number>>

/** Compiled modules by name, and `null` for those that this platform does not compile. */
const compiled = new Map<string, Promise<WebAssembly.Module | null>>()

/**
 * The functions of a module over the memory of a region.
 *
 * @param name What the module is kept under.
 * @param load Imports the text of its bytes.
 * @returns `null` where the platform has no WebAssembly, forbids it, or lacks what the module needs.
 */
export async function kernelExports(
  name: string,
  load: () => Promise<string>,
  region: Region,
): Promise<KernelExports | null> {
  const module = await kernelModule(name, load, region)
  return module === null ? null : instanceOf(module, region)
}

/** The compiled module for memories like the region's; `null` where there can be none. */
export async function kernelModule(
  name: string,
  load: () => Promise<string>,
  { handle, shared }: Region,
): Promise<WebAssembly.Module | null> {
  if (typeof WebAssembly === 'undefined' || !(handle instanceof WebAssembly.Memory)) return null
  const key = `${name} ${shared}`
  let module = compiled.get(key)
  if (module === undefined) {
    module = load().then(text => compile(text, shared))
    compiled.set(key, module)
  }
  return module
}

/** The functions of a compiled module over the memory of a region. */
export async function instanceOf(
  module: WebAssembly.Module,
  region: Region,
): Promise<KernelExports> {
  const env = { memory: region.handle as WebAssembly.Memory }
  return (await WebAssembly.instantiate(module, { env })).exports as KernelExports
}

/** The answer to a platform that cannot is the twin, so why it cannot does not matter. */
async function compile(text: string, shared: boolean): Promise<WebAssembly.Module | null> {
  try {
    return await WebAssembly.compile(bytesOf(text, shared))
  } catch {
    return null
  }
}

/**
 * The bytes of a module that imports a shared memory, or one that is not.
 *
 * Modules are built for shared memories. The two kinds differ in one byte, the flags of the imported
 * memory: 3 is shared with a maximum, 1 is not shared with a maximum. It stands behind the name
 * `memory` and the byte 2, which says that a memory is imported.
 */
function bytesOf(text: string, shared: boolean): Uint8Array<ArrayBuffer> {
  const binary = atob(text)
  const bytes = Uint8Array.from(binary, char => char.charCodeAt(0))
  const imported = 'memory\x02'
  bytes[binary.indexOf(imported) + imported.length] = shared ? 3 : 1
  return bytes
}
