/** The table of an outcome, printed or written to a file. */
import { nearestFirst } from '../../engine/extend.js'
import type { DataSet, DataSink } from '../../engine/index.js'
import type { Flags } from './flags.js'
import type { Outcome } from './outcome.js'
import type { Terminal } from './run-command.js'
import { UsageError } from './usage-error.js'

/** What is done with the answer; the same for all algorithms. */
export const OUTPUT_FLAGS: Flags = {
  top: { kind: 'number', about: 'only the first N records, in order' },
  order: { kind: 'text', about: 'order by this column, descending', value: 'COLUMN' },
  rows: { kind: 'number', about: 'how many records are printed', default: '20' },
  output: {
    kind: 'text',
    about: 'write a file instead: .csv, .tsv, .jsonl, .parquet or .arrow',
    value: 'FILE',
  },
  overwrite: { kind: 'switch', about: 'the file may be replaced' },
}

/** Values of `OUTPUT_FLAGS`. */
export interface OutputOptions {
  readonly top?: number
  readonly order?: string
  readonly rows?: number
  readonly output?: string
  readonly overwrite?: boolean
}

const ENDINGS = ['csv', 'tsv', 'jsonl', 'parquet', 'arrow']

/** @throws {UsageError} If the file's ending or a number makes no sense; before anything runs. */
export function checkOutputOptions(options: OutputOptions, command: string): void {
  const { top, rows, output } = options
  for (const [name, count] of [
    ['top', top],
    ['rows', rows],
  ] as const) {
    if (count === undefined || (Number.isSafeInteger(count) && count >= 0)) continue
    throw new UsageError(`--${name} must be a whole number; got ${count}`, command)
  }
  if (output !== undefined && !ENDINGS.includes(endingOf(output))) {
    const list = ENDINGS.map(ending => `.${ending}`).join(', ')
    throw new UsageError(`--output must end with ${list}; got "${output}"`, command)
  }
}

/**
 * Prints the table and what is known besides, or writes the one and prints the other.
 *
 * @param order The column of the algorithm that orders its top.
 */
export async function showOutcome(
  { records, facts }: Outcome,
  options: OutputOptions,
  order: string | undefined,
  terminal: Terminal,
  command: string,
): Promise<void> {
  const { output, overwrite = false, top, rows = top ?? 20 } = options
  const said = Object.entries(facts).map(([name, value]) => `${name}: ${value}`)
  if (records === undefined) {
    for (const line of said) terminal.out(line)
    return
  }
  const heard = terminal.signal === undefined ? {} : { signal: terminal.signal }
  const chosen = await inOrder(records, options, order, command)
  if (output === undefined) terminal.out(await chosen.toTable({ rows, ...heard }))
  else await written(chosen, output, overwrite).run(heard)
  if (said.length > 0) terminal.err(said.join(', '))
}

async function inOrder(
  records: DataSet<Record<string, unknown>>,
  { top, order }: OutputOptions,
  usual: string | undefined,
  command: string,
): Promise<DataSet<Record<string, unknown>>> {
  const column = order ?? (top === undefined ? undefined : usual)
  let ordered = records
  if (column !== undefined) {
    const [first] = await records.first(1).collect()
    if (first === undefined) return records
    if (!Object.hasOwn(first, column)) {
      const list = nearestFirst(column, Object.keys(first)).join(', ')
      throw new UsageError(`there is no column "${column}" to order by; there are ${list}`, command)
    }
    ordered = records.orderBy(column, 'descending')
  }
  return top === undefined ? ordered : ordered.first(top)
}

function written(
  records: DataSet<Record<string, unknown>>,
  path: string,
  overwrite: boolean,
): DataSink {
  switch (endingOf(path)) {
    case 'parquet':
      return records.writeParquet(path, { overwrite })
    case 'arrow':
      return records.writeArrow(path, { overwrite })
    case 'jsonl':
      return records.writeJsonLines(path, { overwrite })
    default:
      return records.writeCsv(path, { overwrite })
  }
}

function endingOf(path: string): string {
  return (/\.([a-z]+)(?:\.(?:gz|br))?$/i.exec(path)?.[1] ?? '').toLowerCase()
}
