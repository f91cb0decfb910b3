import type { Terminal } from './run-command.js'

/** What algorithms tell: supersteps of a loop, or steps that are done. */
export interface AlgorithmProgress {
  readonly superstep?: number
  readonly maxIterations?: number
  readonly change?: unknown
  readonly changed?: unknown
  readonly done?: number
  readonly of?: number
}

/** Work shows how far it is after this long. */
const PATIENCE_MS = 1000

/** What algorithms call to show how far they are; nothing where there is no terminal. */
export function algorithmProgress({
  progress,
}: Pick<Terminal, 'progress'>): ((told: AlgorithmProgress) => void) | undefined {
  if (progress === undefined) return undefined
  const began = performance.now()
  return told => {
    const ms = performance.now() - began
    if (ms >= PATIENCE_MS) progress(`${(ms / 1000).toFixed(1)} s  ${progressText(told)}`)
  }
}

/** As one line: `iteration 12 of 100  change 3.1e-5`, `1,200 of 65,536 done`. */
export function progressText(told: AlgorithmProgress): string {
  const count = (value: number) => value.toLocaleString('en-US')
  if (told.done !== undefined && told.of !== undefined) {
    return `${count(told.done)} of ${count(told.of)} done`
  }
  const most = told.maxIterations
  const limit = most === undefined || !Number.isFinite(most) ? '' : ` of ${count(most)}`
  const change =
    typeof told.change === 'number'
      ? `  change ${told.change.toPrecision(2)}`
      : typeof told.changed === 'number'
        ? `  ${count(told.changed)} changed`
        : ''
  return `iteration ${count(told.superstep ?? 0)}${limit}${change}`
}
