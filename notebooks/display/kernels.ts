/** What the kernels of notebooks put into the global scope, as much of it as is used. */

/** A listener for `SIGINT`, which the Stop button sends. */
type Listener = () => void

/** Deno, as its kernel runs it. */
export interface DenoKernel {
  readonly jupyter: {
    display(
      bundle: object,
      options: { readonly raw: boolean; readonly display_id: string; readonly update: boolean },
    ): Promise<void>
  }
  addSignalListener(signal: 'SIGINT', listener: Listener): void
}

/** One output of tslab, which `html` makes and then replaces. */
interface TslabDisplay {
  html(html: string): void
}

/** The module `tslab`, which only cells can load. */
export interface TslabKernel {
  readonly display: TslabDisplay
  newDisplay(): TslabDisplay
}

/** What ijavascript calls `$$`. */
export interface IJavascriptKernel {
  display(id: string): { mime(bundle: object): void }
}

/** Deno's kernel; `undefined` where it is not the one that runs this. */
export function denoKernel(): DenoKernel | undefined {
  const { Deno: deno } = globalThis as { Deno?: DenoKernel }
  try {
    return deno?.jupyter === undefined ? undefined : deno
  } catch {
    // Outside of its kernel, Deno refuses to say what `jupyter` is.
    return undefined
  }
}

/** tslab; `undefined` where it is not the one that runs this. */
export function tslabKernel(): TslabKernel | undefined {
  const { __tslab__: tslab } = globalThis as {
    __tslab__?: { require(name: 'tslab'): TslabKernel }
  }
  return tslab?.require('tslab')
}

/** ijavascript; `undefined` where it is not the one that runs this. */
export function ijavascriptKernel(): IJavascriptKernel | undefined {
  const { $$: context } = globalThis as {
    $$?: Partial<IJavascriptKernel> & { readonly mime?: unknown }
  }
  const isKernel = typeof context?.mime === 'function' && typeof context.display === 'function'
  return isKernel ? (context as IJavascriptKernel) : undefined
}
