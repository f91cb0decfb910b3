import type { GroupTarget } from '../../functions/group-target.js'
import type { NodeOf } from '../../plan/node.js'
import { type Column, Float64Column } from '../../types/column.js'
import { ColumnWriter } from '../../types/column-writer.js'
import type { GroupIntake, OperatorContext } from '../operator.js'
import type { AggregateGroups } from './aggregate-groups.js'
import { numberColumn } from './dense-groups.js'
import type { SpillingGroups } from './spilling-groups.js'

/**
 * The way into the groups of an aggregate node for loops that make its records.
 *
 * @param name To be called with the names of the key's fields before the first record.
 */
export function createGroupIntake(
  { keys, aggregates }: NodeOf<'aggregate'>,
  groups: AggregateGroups,
  spilling: SpillingGroups,
  name: (keys: readonly string[]) => void,
  { fields: checks }: Pick<OperatorContext, 'fields'>,
): GroupIntake | undefined {
  const [key] = keys
  if (key?.kind !== 'field') return undefined
  const fields = aggregates.map(({ input }) => (input.kind === 'field' ? input.path : undefined))
  const named = [key.path, ...fields].filter(field => field !== undefined)
  const target: GroupTarget = {
    key: key.path,
    fields,
    open(expected) {
      const open = groups.open(expected)
      if (open !== undefined) for (const field of named) checks.seen(field)
      return open
    },
    close({ size }) {
      if (size > 0) name([key.path])
      groups.close(size)
    },
    add(value, values, doubles, expected) {
      name([key.path])
      const used = values.map((input, k) => (fields[k] === undefined ? undefined : input))
      const inputs = used.map((input, k) => input !== undefined && columnOf(input, doubles[k]!))
      const whole = typeof value === 'number' && (value | 0) === value
      const simple = used.every(input => input === undefined || typeof input === 'number')
      const columns = inputs.map(column => column || undefined)
      if (whole && simple) groups.addOne(value, columns, expected)
      else groups.add([columnOf(value, false)], columns, 1)
    },
  }
  return { target, settle: () => spilling.settle() }
}

function columnOf(value: unknown, double: boolean): Column {
  if (typeof value === 'number' && !double) return numberColumn(value)
  if (double) return new Float64Column(Float64Array.of(value as number))
  const writer = new ColumnWriter(1)
  writer.set(0, value)
  return writer.finish(1)
}
