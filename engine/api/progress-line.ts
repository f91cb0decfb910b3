import type { Progress } from '../runtime/job/progress.js'

/** A job shows its line after this long. */
const PATIENCE_MS = 1000

/**
 * Shows the progress of long jobs as one line on the terminal, which disappears at the end.
 *
 * @param wanted Default: when the error stream is a terminal.
 * @returns What to call with each report, or `undefined` where there is nothing to show it on.
 */
export function progressLine(wanted?: boolean): ((progress: Progress) => void) | undefined {
  const stream = globalThis.process?.stderr
  if (stream?.write === undefined || wanted === false) return undefined
  if (wanted !== true && !stream.isTTY) return undefined
  let visible = false
  return progress => {
    if (progress.milliseconds < PATIENCE_MS || (progress.done && !visible)) return
    const text = progress.done ? '' : progressText(progress)
    stream.write(`\r\u001b[2K${text.slice(0, (stream.columns ?? 80) - 1)}`)
    visible = !progress.done
  }
}

/** A report as one line: `12.3 s  45%  3,000,000 rows (1,200,000/s)  groupBy origin`. */
export function progressText(progress: Progress): string {
  const seconds = progress.milliseconds / 1000
  const { bytes, totalBytes } = progress
  const share = totalBytes ? `${Math.min(Math.floor((100 * bytes) / totalBytes), 100)}%` : undefined
  const count = (value: number) => Math.round(value).toLocaleString('en-US')
  const rows = `${count(progress.rows)} rows (${count(progress.rows / seconds)}/s)`
  const again = progress.attempt > 1 ? `attempt ${progress.attempt}` : undefined
  return [`${seconds.toFixed(1)} s`, again, share, rows, progress.phase].filter(Boolean).join('  ')
}
