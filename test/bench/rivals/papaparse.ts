import { loadRival } from './rival.js'

/** The part of the package `papaparse` that is used here. */
export interface PapaParse {
  parse<T>(
    text: string,
    options: {
      readonly header: boolean
      readonly dynamicTyping: boolean
      readonly skipEmptyLines: boolean
    },
  ): { readonly data: T[]; readonly errors: readonly unknown[] }
}

/** papaparse itself. */
export async function papaparse(): Promise<PapaParse> {
  return (await loadRival<{ readonly default: PapaParse }>('papaparse')).default
}
