/** A source that cuts the same records into batches, and lays out their columns, in many ways. */
import type { Source } from '../../../engine/plan/source.js'
import { RecordBatch } from '../../../engine/types/batch.js'
import {
  AnyColumn,
  type Column,
  DictionaryColumn,
  Float64Column,
  Int32Column,
  TextColumn,
} from '../../../engine/types/column.js'
import { Dictionary } from '../../../engine/types/dictionary.js'
import type { RecordShape } from '../../../engine/types/schema.js'
import { columnOf } from '../../support/columns.js'
import { type Random, randomFrom } from '../../support/random.js'

/**
 * The records in batches of odd sizes: whole numbers as int32, float64 or any values, texts with
 * dictionaries of their own or without, nothing but missing values in columns of any layout.
 *
 * @param layout A seed; 0 puts all records into one batch with the columns a writer makes.
 * @param counted Whether the number of records is known before, so that workers share them.
 */
export function batchedSource(
  name: string,
  records: readonly unknown[],
  layout: number,
  counted = false,
): Source {
  const shape = shapeOf(records[0])
  const names = [...new Set(records.flatMap(record => fieldsOf(record, shape)))]
  return {
    label: name,
    facts: async () => (counted ? { rows: records.length, exact: true } : {}),
    *read({ fields }) {
      // A column of texts is a column of texts, also where all are missing.
      const typeOf = (field: string) =>
        typeof records.map(r => fieldOf(r, field, shape)).find(value => value !== null)
      const random = randomFrom(layout)
      const wanted = fields && shape === 'object' ? names.filter(n => fields.includes(n)) : names
      for (let from = 0; from < records.length; ) {
        const size = layout === 0 ? records.length : 1 + random.int(random.pick([1, 4, 20]))
        const part = records.slice(from, from + size)
        const values = (field: string) => part.map(record => fieldOf(record, field, shape))
        const columns = wanted.map(field =>
          layout === 0 ? columnOf(values(field)) : columnLike(random, values(field), typeOf(field)),
        )
        yield new RecordBatch(shape, wanted, columns, part.length)
        from += size
      }
    },
  }
}

function shapeOf(record: unknown): RecordShape {
  if (Array.isArray(record)) return 'tuple'
  return typeof record === 'object' && record !== null && !(record instanceof Date)
    ? 'object'
    : 'value'
}

function fieldsOf(record: unknown, shape: RecordShape): string[] {
  return shape === 'value' ? ['value'] : Object.keys(record as object)
}

function fieldOf(record: unknown, field: string, shape: RecordShape): unknown {
  return shape === 'value' ? record : ((record as Record<string, unknown>)[field] ?? null)
}

/** The values, which are of one type, in a column of any layout that can hold them. */
function columnLike(random: Random, values: readonly unknown[], type: string): Column {
  const usual = columnOf(values)
  const present = values.filter(value => value !== null && value !== undefined)
  const mask = present.length === values.length ? null : Uint8Array.from(values, v => +(v != null))
  const choices: (() => Column)[] = [() => usual, () => usual]
  if (type === 'number') {
    const numbers = values.map(value => (value ?? 0) as number)
    const whole = numbers.every(x => Object.is(x | 0, x))
    choices.push(() => new Float64Column(Float64Array.from(numbers), mask))
    if (whole) choices.push(() => new Int32Column(Int32Array.from(numbers), mask))
  }
  if (type === 'string') {
    const texts = values.map(value => (value ?? '') as string)
    const order = random.shuffle([...new Set([...texts, 'unused', ''])])
    const codes = Int32Array.from(texts, text => order.indexOf(text))
    choices.push(() => new TextColumn(texts, mask))
    choices.push(() => new DictionaryColumn(codes, new Dictionary(order), mask))
  }
  if (random.chance(0.1)) return new AnyColumn(values.map(value => value ?? null))
  return random.pick(choices)()
}
