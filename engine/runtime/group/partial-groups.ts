/** How the states of groups lie in a batch: the keys first, then the columns of the states. */
import { RecordBatch } from '../../types/batch.js'
import type { Column } from '../../types/column.js'
import type { KeyedBatch } from '../keys/keyed-batch.js'

/** The states of some groups, with what is needed to read them. */
export interface PartialGroups {
  readonly keyNames: readonly string[]
  /** Number of columns of each accumulator's state. */
  readonly widths: readonly number[]
  readonly keyed: KeyedBatch
}

const KEY = 'key '
const STATE = 'state '

/** The states as a batch. */
export function partialBatch({ keyNames, widths, keyed }: PartialGroups): RecordBatch {
  const { keys, batch } = keyed
  const states = widths.flatMap((width, k) => Array.from({ length: width }, (_, j) => [k, j]))
  const names = [
    ...keys.map((_, k) => `${KEY}${keyNames[k] ?? k}`),
    ...states.map(([k, j]) => `${STATE}${k} ${j}`),
  ]
  return new RecordBatch('object', names, [...keys, ...batch.columns], batch.length)
}

/** What `partialBatch` has written. */
export function groupsOf(all: RecordBatch): PartialGroups {
  const { names, columns, length } = all
  const count = keysOfGroups(all).length
  const widths: number[] = []
  for (const name of names.slice(count)) {
    const accumulator = Number(name.split(' ')[1])
    widths[accumulator] = (widths[accumulator] ?? 0) + 1
  }
  const states = columns.slice(count)
  const batch = new RecordBatch(
    'tuple',
    states.map((_, k) => String(k)),
    states,
    length,
  )
  const keyNames = names.slice(0, count).map(name => name.slice(KEY.length))
  return { keyNames, widths, keyed: { keys: columns.slice(0, count), batch } }
}

/** The keys of the groups in a batch of states. */
export function keysOfGroups({ names, columns }: RecordBatch): readonly Column[] {
  return columns.filter((_, k) => names[k]!.startsWith(KEY))
}
