import { checkOutput, knownOptions, trueOrFalse, writeWhole } from '../../engine/extend.js'
import type { DataSet, FieldOf } from '../../engine/index.js'
import type { FeatureFields } from '../data/feature-fields.js'
import { Features } from '../data/features.js'
import { fieldName } from '../data/field-name.js'
import { numbersOf } from '../data/numbers.js'
import type { Rows } from '../data/rows.js'
import { readColumns } from '../data/training-data.js'

/** Options of `writeLibSvm`. */
export interface LibSvmWriteOptions<F extends string> {
  /** The field with the label, a number or a switch. Default `'label'`. */
  readonly label?: F
  /** A field with vectors, or a list of fields with a number each. Default `'features'`. */
  readonly features?: F | readonly F[]
  /** A field with the number of the ranking that a record belongs to. Default: none is written. */
  readonly qid?: F
  /** Whether places count from 0 instead of 1. Default `false`. */
  readonly zeroBased?: boolean
  /** Whether an existing file may be replaced. Default `false`. */
  readonly overwrite?: boolean
  /** Stops it when aborted; nothing is left behind. */
  readonly signal?: AbortSignal
}

/** How many records one piece of the file has. */
const PIECE = 4096

/**
 * Writes labels and features as a LIBSVM file: `label place:value ...`, zeros left out. Numbers read back
 * as they were to the last bit. The file appears whole or not at all.
 *
 * @param options.label Default `'label'`.
 * @param options.features Default `'features'`.
 * @throws {ArgumentError} If an option is unknown or wrong.
 * @throws {SchemaError} If a field is unknown, or a value is missing or no finite number.
 * @throws {InputOutputError} If the file exists and `overwrite` is not `true`, or the disk refuses.
 * Cost: the fields in memory, O(entries).
 * @example
 * await writeLibSvm(flights, 'flights.svm', { label: 'delay', features: ['distance', 'hours'], overwrite: true })
 * readLibSvm('flights.svm').map(({ label, features }) => ({ label, hours: features.get(1) })).first(1) // { label: 25, hours: 5.5 }
 */
export async function writeLibSvm<T>(
  data: DataSet<T>,
  path: string | URL,
  options: LibSvmWriteOptions<FieldOf<T>> = {},
): Promise<void> {
  knownOptions(options, ['label', 'features', 'qid', 'zeroBased', 'overwrite', 'signal'], NAME)
  checkOutput(path, NAME)
  const { zeroBased = false, overwrite = false, qid, signal } = options
  const label = fieldName(options.label ?? 'label', NAME, 'label')
  const features = new Features((options.features ?? 'features') as FeatureFields, NAME)
  trueOrFalse(zeroBased, NAME, 'zeroBased')
  const names = [label, ...features.reads, ...(qid === undefined ? [] : [qid])]
  const columns = await readColumns(data, names, NAME, signal)
  const read = features.reads.map(name => columns.get(name)!)
  const { length } = columns.get(label)!
  const rows = features.rows(read, length, undefined, { operation: NAME })
  const numbers = (name: string) => numbersOf(columns.get(name)!, name, { operation: NAME })
  const lines = linesOf(
    rows,
    numbers(label),
    qid === undefined ? null : numbers(qid),
    zeroBased ? 0 : 1,
  )
  await writeWhole(path, lines, NAME, { overwrite, ...(signal && { signal }) })
}

const NAME = 'writeLibSvm'

function* linesOf(
  rows: Rows,
  labels: ArrayLike<number>,
  qids: ArrayLike<number> | null,
  base: number,
): Generator<string> {
  const { length, size, values } = rows
  for (let start = 0; start < length; start += PIECE) {
    let piece = ''
    for (let row = start; row < Math.min(length, start + PIECE); row++) {
      piece += String(labels[row])
      if (qids !== null) piece += ` qid:${qids[row]}`
      const from = rows.kind === 'dense' ? row * size : rows.offsets[row]!
      const to = rows.kind === 'dense' ? from + size : rows.offsets[row + 1]!
      for (let at = from; at < to; at++) {
        const place = rows.kind === 'dense' ? at - from : rows.indices[at]!
        if (values[at] !== 0) piece += ` ${place + base}:${values[at]}`
      }
      piece += '\n'
    }
    yield piece
  }
}
