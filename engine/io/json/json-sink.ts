/** Writes JSON Lines. */

import type { Sink, SinkWriter } from '../../plan/source.js'
import { knownOptions } from '../../types/arguments.js'
import type { RecordBatch } from '../../types/batch.js'
import type { Column } from '../../types/column.js'
import { type OutputFile, openOutput } from '../atomic-file.js'
import { checkOutput } from '../files.js'
import { jsonText } from './json-text.js'

/** Options of `jsonLinesSink`. */
export interface JsonLinesWriteOptions {
  /** Whether an existing file may be replaced. Default `false`. */
  readonly overwrite?: boolean
}

/** Characters that are collected before they go to the file. */
const BLOCK = 1 << 18

/**
 * A sink that writes one JSON value per line; compressed when the name ends with `.gz` or `.br`.
 *
 * Missing values are `null`, dates ISO 8601 texts, vectors arrays; `NaN`, infinite numbers and
 * invalid dates are `null`, as JSON has none of them.
 *
 * @throws {InputOutputError} If the file exists and may not be replaced, or cannot be written.
 * @throws {SchemaError} For values that JSON cannot hold, such as maps.
 */
export function jsonLinesSink(path: string | URL, options: JsonLinesWriteOptions = {}): Sink {
  const operation = 'writeJsonLines'
  knownOptions(options, ['overwrite'], operation)
  checkOutput(path, operation)
  return {
    label: `${operation} ${path}`,
    open: async () => new JsonLinesWriter(await openOutput(path, { operation, ...options })),
  }
}

class JsonLinesWriter implements SinkWriter {
  readonly #output: OutputFile
  #rows = 0

  constructor(output: OutputFile) {
    this.#output = output
  }

  async write(batch: RecordBatch): Promise<void> {
    const { columns, length, names, shape } = batch
    const fields = columns.map((column, k) => textOf(column, names[k]!, this.#rows))
    const [open, close] =
      shape === 'object' ? ['{', '}\n'] : shape === 'tuple' ? ['[', ']\n'] : ['', '\n']
    const keys = names.map((name, k) => {
      const comma = k === 0 ? '' : ','
      return shape === 'object' ? `${comma}${JSON.stringify(name)}:` : comma
    })
    let text = ''
    for (let row = 0; row < length; row++) {
      text += open
      for (let k = 0; k < fields.length; k++) text += keys[k]! + fields[k]!(row)
      text += close
      if (text.length < BLOCK) continue
      await this.#output.write(text)
      text = ''
    }
    if (text !== '') await this.#output.write(text)
    this.#rows += length
  }

  commit(): Promise<void> {
    return this.#output.commit()
  }

  abort(): Promise<void> {
    return this.#output.abort()
  }
}

/** The JSON text of each row of `column`. */
function textOf(column: Column, name: string, firstRow: number): (row: number) => string {
  const { valid } = column
  const present = presentText(column, name, firstRow)
  if (valid === null) return present
  return row => (valid[row] === 1 ? present(row) : 'null')
}

function presentText(column: Column, name: string, firstRow: number): (row: number) => string {
  switch (column.layout) {
    case 'boolean':
      return row => (column.values[row] === 1 ? 'true' : 'false')
    case 'int32':
      return row => String(column.values[row])
    case 'float64':
      return row => numberText(column.values[row]!)
    case 'timestamp':
      return row => {
        const time = column.values[row]!
        return Number.isNaN(time) ? 'null' : `"${new Date(time).toISOString()}"`
      }
    case 'dictionary': {
      const known: string[] = []
      const { codes, dictionary } = column
      return row => {
        const code = codes[row]!
        known[code] ??= JSON.stringify(dictionary.values[code]!)
        return known[code]
      }
    }
    case 'text':
      return row => JSON.stringify(column.values[row]!)
    default:
      return row =>
        jsonText(column.get(row), `writeJsonLines: field "${name}" of record ${firstRow + row}`)
  }
}

function numberText(value: number): string {
  if (!Number.isFinite(value)) return 'null'
  return Object.is(value, -0) ? '-0' : String(value)
}
