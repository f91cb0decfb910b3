import type { Measured, MeasuredContender } from './measure.js'

/** The columns of a table of figures. */
export const HEADINGS = ['', 'median', 'fastest', 'speed', 'ratio (spread)', 'goal', 'peak memory']

/**
 * The figures of a benchmark as rows of a table: a row per part and contender, and rows with the
 * total when there are several parts.
 *
 * `ratio` is the time of the first contender divided by that of the row, pair by pair: the median,
 * and in brackets the least and the most.
 */
export function figures(measured: Measured): string[][] {
  const parts = measured.benchmark.parts ?? ['']
  const table = parts.flatMap(part => rowsOf(measured, part, c => c.times[part]!))
  if (parts.length > 1) table.push(...rowsOf(measured, 'total', totals))
  return table
}

/** The median. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** Rows of text with their columns aligned, the first to the left and others to the right. */
export function aligned(table: readonly (readonly string[])[]): string {
  const widths = table[0]!.map((_, k) => Math.max(...table.map(row => row[k]!.length)))
  const line = (row: readonly string[]) =>
    row.map((text, k) => (k === 0 ? text.padEnd(widths[k]!) : text.padStart(widths[k]!))).join('  ')
  return table.map(row => line(row).trimEnd()).join('\n')
}

/** The same as a Markdown table. */
export function markdown(table: readonly (readonly string[])[]): string {
  const [head, ...body] = table.map(row => `| ${row.join(' | ')} |`)
  return [head, `|---|${'--:|'.repeat(table[0]!.length - 1)}`, ...body].join('\n')
}

/** Remarks of contenders about their runs, a line each. */
export function remarks({ contenders }: Measured): string[] {
  return contenders.flatMap(({ name, notes }) => notes.map(note => `${name}, ${note}`))
}

/** The times of all parts together, round by round. */
function totals({ times }: MeasuredContender): number[] {
  const parts = Object.values(times)
  const rounds = Math.min(...parts.map(part => part.length))
  return Array.from({ length: rounds }, (_, k) => parts.reduce((sum, part) => sum + part[k]!, 0))
}

function rowsOf(
  measured: Measured,
  part: string,
  timesOf: (contender: MeasuredContender) => readonly number[],
): string[][] {
  const { goals = {}, goalParts = [part], limits = {}, memoryGoal } = measured.benchmark
  const ours = timesOf(measured.contenders[0]!)
  return measured.contenders.map((contender, k) => {
    const times = timesOf(contender)
    const ratios = times.map((time, round) => ours[round]! / time)
    const goal = k === 0 || !goalParts.includes(part) ? undefined : goals[contender.name]
    const limit = part === 'total' ? undefined : limits[contender.name]
    const taken = perUnit(measured, contender, part, median(times))
    const memory = `${Math.round(contender.peakMiB)} MiB`
    return [
      part === '' ? contender.name : `${part}: ${contender.name}`,
      duration(median(times)),
      duration(Math.min(...times)),
      part === 'total' ? '' : speed(measured, taken, median(times)),
      k === 0
        ? ''
        : `${ratio(median(ratios))} (${ratio(Math.min(...ratios))}–${ratio(Math.max(...ratios))})`,
      [
        ...(goal === undefined ? [] : [verdict(median(ratios) <= goal, ratio(goal))]),
        ...(limit === undefined ? [] : [verdict(taken <= limit, nanoseconds(limit))]),
      ].join(', '),
      k === 0 && memoryGoal !== undefined
        ? `${memory}, ${verdict(contender.peakMiB < memoryGoal, `${memoryGoal} MiB`)}`
        : memory,
    ]
  })
}

function verdict(reached: boolean, limit: string): string {
  return `≤ ${limit} ${reached ? 'yes' : 'NO'}`
}

function duration(milliseconds: number): string {
  return milliseconds < 1000
    ? `${milliseconds.toPrecision(3)} ms`
    : `${(milliseconds / 1000).toFixed(2)} s`
}

/** Nanoseconds per unit of work. */
function perUnit(
  { records }: Measured,
  { work }: MeasuredContender,
  part: string,
  milliseconds: number,
): number {
  return (milliseconds * 1e6) / (work?.[part] ?? records)
}

function speed({ benchmark, bytes }: Measured, taken: number, milliseconds: number): string {
  const { unit } = benchmark
  if (bytes > 0 && unit === undefined) return `${(bytes / 1000 / milliseconds).toFixed(0)} MB/s`
  return `${nanoseconds(taken)}/${unit ?? 'record'}`
}

function nanoseconds(value: number): string {
  return value < 10_000 ? `${value.toFixed(1)} ns` : `${(value / 1000).toFixed(1)} µs`
}

function ratio(value: number): string {
  return value < 0.1 ? value.toFixed(3) : value.toFixed(2)
}
