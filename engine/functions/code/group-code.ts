/**
 * Compiled loops that add what a chain gives straight to groups: `key -> group -> sums[group] +=`.
 *
 * A record whose key has no place in the table, or whose values are not numbers of the kind that the
 * loop was made for, is left to `add`, and the loop ends behind it; so no function is called twice.
 */
import type { ChainInput, Place, RowLists } from '../chain.js'
import type { OpenGroups, TargetAggregate } from '../group-target.js'
import { CodeBuilder, type Generated } from './code-builder.js'
import { knownOutput } from './loop-maker.js'
import type { TranslatedStages } from './stage-code.js'
import { fitting, named } from './store-code.js'
import type { Scalar, VirtualRecord } from './virtual-record.js'

/**
 * Goes on from `place` and moves it, by at most `most` records.
 *
 * @param add Takes a record that the loop cannot add itself.
 * @returns The number of records that the stages gave.
 */
export type GroupLoop = (
  inputs: readonly ChainInput[],
  lists: RowLists | undefined,
  groups: OpenGroups,
  place: Place,
  length: number,
  most: number,
  add: (key: unknown, ...values: unknown[]) => void,
  fail: (cause: unknown, at: number, row: number, listed: number) => unknown,
) => number

/** What a loop is made for. */
export interface GroupLoopOptions {
  readonly key: string
  readonly fields: readonly (string | undefined)[]
  readonly aggregates: readonly TargetAggregate[]
  readonly kind: OpenGroups['kind']
  /** Adds the lines of the chain's stages for the given records. */
  translate(code: CodeBuilder, inputs: readonly VirtualRecord[]): TranslatedStages
  /** The record of an input at a row. */
  record(code: CodeBuilder, input: number, row?: string): VirtualRecord
  readonly inputs: number
  readonly lists: (Pick<RowLists, 'probe'> & { readonly direct: boolean }) | undefined
}

/** The values of a chain's output that matter to groups. */
export interface FedScalars {
  readonly key: Scalar
  /** By aggregate; none where records are counted. */
  readonly values: readonly (Scalar | undefined)[]
}

/** What groups need of the output of stages; `undefined` where only batches will do. */
export function fedScalars(
  { count, record }: TranslatedStages,
  { key, fields }: Pick<GroupLoopOptions, 'key' | 'fields'>,
): FedScalars | undefined {
  const output = count === 'any' ? undefined : knownOutput(record)
  const keyScalar = output?.fields.get(key)
  if (output === undefined || keyScalar === undefined || !isPlain(keyScalar)) return undefined
  const values: (Scalar | undefined)[] = []
  for (const field of fields) {
    const scalar = field === undefined ? undefined : output.fields.get(field)
    if (field !== undefined && (scalar === undefined || !isPlain(scalar))) return undefined
    values.push(scalar)
  }
  return { key: keyScalar, values }
}

/** The loop; the stages must give what `fedScalars` asks for. */
export function makeGroupLoop(options: GroupLoopOptions): Generated<GroupLoop> {
  const { lists } = options
  const code = new CodeBuilder()
  if (options.kind === 'dense') code.line('const { keys, room } = groups')
  else {
    code.line('const { base, keys, room, table } = groups')
    code.line('const range = table.length')
  }
  const states = options.aggregates.map(({ state }, k) =>
    state.map((_, n) => code.first(`groups.aggregates[${k}].state[${n}]`, 'state')),
  )
  code.line('let at = -1, i = place.row, q = 0, size = groups.size, given = 0')
  const add = (inputs: readonly VirtualRecord[]) => addRecord(code, options, inputs, states)
  if (lists === undefined) {
    code.line('const end = Math.min(length, i + most)')
    code.open('try {')
    code.open('for (; i < end; i++) {')
    const one = add(Array.from({ length: options.inputs }, (_, k) => options.record(code, k)))
    code.close()
    closeTry(code)
    if (one) code.line('given = i - place.row')
    code.line('place.row = i')
  } else {
    code.line('const { ids, starts, rows } = lists')
    code.line('let done = place.done, left = most')
    code.open('try {')
    code.open('rows: for (; i < length; i++) {')
    code.line('const id = ids[i]')
    code.line('if (id < 0) continue')
    code.line('const first = starts[id], last = starts[id + 1]')
    code.line('q = first + done')
    code.line('const before = q, stop = Math.min(last, q + left)')
    const probe = options.record(code, lists.probe, 'i')
    hoist(options, probe)
    code.open('for (; q < stop; q++) {')
    const row = lists.direct ? 'q' : code.local('rows[q]', 'row')
    const listed = options.record(code, 1 - lists.probe, row)
    const one = add(lists.probe === 0 ? [probe, listed] : [listed, probe])
    code.close()
    code.line('left -= q - before')
    if (one) code.line('given += q - before')
    code.line('if (q < last) { done = q - first; break }')
    code.line('done = 0')
    code.close()
    closeTry(code)
    code.line('place.row = i')
    code.line('place.done = done')
  }
  code.line('groups.size = size')
  code.line('return given')
  return code.build(['inputs', 'lists', 'groups', 'place', 'length', 'most', 'add', 'fail'])
}

function closeTry(code: CodeBuilder): void {
  code.close('} catch (error) {')
  code.line('throw fail(error, at, i, q)')
  code.close()
}

/** Reads what the stages need of a record before the loop over its list. */
function hoist(options: GroupLoopOptions, probe: VirtualRecord): void {
  const scratch = new CodeBuilder()
  const read = new Set<number>()
  const inputs = Array.from({ length: options.inputs }, (_, k) =>
    options.record(scratch, k, k === options.lists?.probe ? 'i' : 'q'),
  )
  const noted = inputs.map((record, k) =>
    k === options.lists?.probe ? noteReads(record, position => read.add(position)) : record,
  )
  const fed = fedScalars(options.translate(scratch, noted), options)
  for (const scalar of [fed?.key, ...(fed?.values ?? [])]) scalar?.raw()
  const scalars = probe.kind === 'fields' ? [...probe.fields.values()] : []
  if (probe.kind === 'value') scalars.push(probe.scalar)
  for (const position of read) scalars[position]!.read()
}

function noteReads(record: VirtualRecord, note: (position: number) => void): VirtualRecord {
  const noting = (scalar: Scalar, position: number): Scalar => ({
    ...scalar,
    read() {
      note(position)
      return scalar.read()
    },
    raw() {
      note(position)
      return scalar.raw()
    },
  })
  if (record.kind === 'opaque') return record
  if (record.kind === 'value') return { ...record, scalar: noting(record.scalar, 0) }
  const fields = [...record.fields].map(
    ([name, scalar], position) => [name, noting(scalar, position)] as const,
  )
  return { ...record, fields: new Map(fields) }
}

/**
 * Adds the lines for one record; in a loop over `q` with lists, over `i` without.
 *
 * @returns Whether each record gives one, so that positions tell how many there were.
 */
function addRecord(
  code: CodeBuilder,
  options: GroupLoopOptions,
  inputs: readonly VirtualRecord[],
  states: readonly (readonly string[])[],
): boolean {
  const { aggregates, lists } = options
  const stages = options.translate(code, inputs)
  const fed = fedScalars(stages, options)!
  const key = named(code, fed.key.raw())
  const values = fed.values.map(scalar => scalar && named(code, scalar.raw()))
  const conditions = [keyCondition(fed.key, key)]
  for (const [k, aggregate] of aggregates.entries()) {
    const scalar = fed.values[k]
    if (scalar !== undefined) conditions.push(valueCondition(aggregate, scalar, values[k]!))
  }
  const one = stages.count === 'one'
  if (!one) code.line('given++')
  if (options.kind === 'dense') conditions.push(`${key} >= 0 && ${key} < room`)
  const needed = conditions.filter(condition => condition !== undefined).join(' && ')
  if (options.kind === 'dense') code.open(`if (!(${needed})) {`)
  else {
    findGroup(code, key, needed)
    code.open('if (group < 0) {')
  }
  code.line('groups.size = size')
  code.line(`add(${[key, ...values.map(value => value ?? 'null')].join(', ')})`)
  code.line('size = groups.size')
  if (lists === undefined) code.line('i++')
  else {
    code.line('q++; done = q - first')
    if (one) code.line('given += q - before')
    code.line('if (q === last) { done = 0; i++ }')
  }
  code.line(lists === undefined ? 'break' : 'break rows')
  code.close()
  if (options.kind === 'dense') {
    code.line(`const group = ${key} | 0`)
    beginGroup(code, aggregates, states)
  }
  for (const [k, { op }] of aggregates.entries()) {
    code.line(update(op, states[k]!, values[k] ?? ''))
  }
  stages.close()
  return one
}

/** Adds the lines that look the group of a key up, or make it; -1 where that is not possible. */
function findGroup(code: CodeBuilder, key: string, condition: string): void {
  code.line('let group = -1')
  if (condition !== '') code.open(`if (${condition}) {`)
  code.line(`const slot = ${key} - base`)
  code.open('if (slot >= 0 && slot < range) {')
  code.line('group = table[slot] - 1')
  code.line(
    `if (group < 0 && size < room) { group = size++; keys[group] = ${key}; table[slot] = size }`,
  )
  code.close()
  if (condition !== '') code.close()
}

/** Adds the line that begins a group whose key is new. */
function beginGroup(
  code: CodeBuilder,
  aggregates: readonly TargetAggregate[],
  states: readonly (readonly string[])[],
): void {
  const [first] = states
  if (aggregates[0]!.op === 'sum') {
    const sum = `${first![0]}[group]`
    // Of the sums only those of new keys are -0.
    code.line(`if (${sum} === 0 && 1 / ${sum} < 0) { keys[size++] = group; ${sum} = 0 }`)
  } else code.line(`if (${first!.at(-1)}[group] === 0) keys[size++] = group`)
}

function update(op: TargetAggregate['op'], state: readonly string[], value: string): string {
  const [first, second] = state
  switch (op) {
    case 'count':
      return `${first}[group]++`
    case 'sum':
      return `${first}[group] += ${value}`
    case 'mean':
      return `${first}[group] += ${value}; ${second}[group]++`
    default: {
      const better = `${value} ${op === 'least' ? '<' : '>'} ${first}[group]`
      return `if (${second}[group] === 0) { ${second}[group] = 1; ${first}[group] = ${value} } else if (${better} || ${value} !== ${value}) ${first}[group] = ${value}`
    }
  }
}

/** Whether the value is surely there wherever the record is. */
function isPlain({ copy }: Scalar): boolean {
  return copy === undefined || (copy.absent === undefined && !copy.code.column.nullable)
}

function keyCondition({ copy }: Scalar, key: string): string | undefined {
  if (copy?.code.column.layout === 'int32') return undefined
  return `typeof ${key} === 'number' && (${key} | 0) === ${key}`
}

function valueCondition(
  { op, takes }: TargetAggregate,
  { copy }: Scalar,
  value: string,
): string | undefined {
  const layout = copy?.code.column.layout
  if (op === 'count')
    return layout === undefined || layout === 'any' ? `${value} != null` : undefined
  if (takes === 'nothing' || (takes === 'int32' && layout === 'float64')) return 'false'
  if (layout === 'int32' || layout === takes) return undefined
  return fitting(takes, value)![0]
}
