/** Translates the stages of a chain into the body of a loop. */

import { shapeOf } from '../../types/record-writer.js'
import { VALUE } from '../../types/schema.js'
import { factsOf } from '../analysis.js'
import type { ChainOptions, Stage } from '../chain.js'
import { type ChainChecks, isFormula } from '../chain-checks.js'
import type { FieldCheck } from '../field-check.js'
import { isTuple, notAnObject, projected } from '../interpret.js'
import { outputFields } from '../lambda/output-fields.js'
import {
  isComputed,
  type ScalarFunction,
  scalarOutputs,
  scalarResult,
  scalarSource,
} from '../rewrite.js'
import { callOf, iterableOf, ownRecord, refuseThenable, takesContext } from '../user-call.js'
import type { UserFunction } from '../user-function.js'
import type { CodeBuilder } from './code-builder.js'
import { keySource, memberSource } from './code-builder.js'
import {
  lazyScalar,
  localScalar,
  missingScalar,
  recordScalar,
  type Scalar,
  type VirtualRecord,
  wholeRecord,
} from './virtual-record.js'

/** The records that the translated stages give. */
export interface TranslatedStages {
  readonly record: VirtualRecord
  /** Records per record of the input: exactly one, at most one, or any number. */
  readonly count: 'one' | 'some' | 'any'
  /** Ends the loops that flatMaps began. Before it belongs what is done with a record. */
  close(): void
}

/** The functions of a chain in order, as numbered by the generated code when one fails. */
export function functionsOf(stages: readonly Stage[]): readonly UserFunction[] {
  return stages.flatMap(stage => {
    if (stage.kind === 'derive') return stage.columns.map(({ fn }) => fn)
    return 'fn' in stage ? [stage.fn] : []
  })
}

/**
 * Adds the lines for `stages` to a loop; what ends early does so with `continue`. The number of the
 * function that runs is in the variable `at`, for errors; it is -1 while none does.
 */
export function translateStages(
  code: CodeBuilder,
  stages: readonly Stage[],
  { contexts }: ChainOptions,
  checks: ChainChecks,
  inputs: readonly VirtualRecord[],
): TranslatedStages {
  const loops: number[] = []
  let count: TranslatedStages['count'] = 'one'
  let records = inputs
  let number = 0
  stages.forEach((stage, k) => {
    const context = (index: number) => code.constant(contexts[k]?.[index] ?? {}, 'context')
    switch (stage.kind) {
      case 'filter': {
        if (count === 'one') count = 'some'
        lookForFields(code, checks.ofFunction(stage.fn), records)
        const made = call(code, stage.fn, number++, records, context(0), true, 'test')
        const keep = made.local('keep')
        const refuse = code.constant(refuseThenable, 'refuseThenable')
        code.line(`if (${keep} !== true) { if (!${keep}) continue; ${refuse}(${keep}) }`)
        break
      }
      case 'map':
        lookForFields(code, checks.ofFunction(stage.fn), records)
        records = [mapped(code, stage.fn, number++, records, context(0), k === stages.length - 1)]
        break
      case 'flatMap': {
        count = 'any'
        const iterate = code.constant(iterableOf, 'iterableOf')
        const list = call(code, stage.fn, number, records, context(0), false).local('list')
        const item = code.fresh('item')
        code.open(`for (const ${item} of ${iterate}(${list})) {`)
        loops.push(number++)
        records = [{ kind: 'opaque', name: k === stages.length - 1 ? item : owned(code, item) }]
        break
      }
      case 'derive': {
        const record = records[0]!
        const values = stage.columns.map(({ fn }, index) => {
          lookForFields(code, checks.ofFunction(fn), records)
          const made = call(code, fn, number++, records, context(index), true)
          return made.scalar(fn)
        })
        const added = stage.columns.map(({ as }, index) => [as, values[index]!] as const)
        records = [derived(code, record, added)]
        break
      }
      case 'project':
        records = [projection(code, stage.fields, records[0]!, checks.ofProject(stage))]
        break
      case 'pair':
        records = [pairOf(records)]
        break
      case 'merge': {
        const fields = records.flatMap(record =>
          record.kind === 'fields' ? [...record.fields] : [],
        )
        const merged = new Map(fields)
        for (const name of stage.shared ?? []) merged.set(name, sharedScalar(name, records))
        records = [{ kind: 'fields', shape: 'object', fields: merged }]
        break
      }
    }
  })
  code.line('at = -1')
  return {
    record: records[0]!,
    count,
    close() {
      for (const loop of loops.reverse()) {
        // The next record of a generator is made by its function.
        code.line(`at = ${loop}`)
        code.close()
      }
    },
  }
}

interface CallCode {
  readonly expression: string
  /** Adds a line that calls the function and keeps the result. */
  local(hint: string): string
  /** The result as a value; calls the function only when needed if nobody can tell. */
  scalar(fn: UserFunction): Scalar
}

/** @param keep Whether the records are used after this. */
function call(
  code: CodeBuilder,
  fn: UserFunction,
  number: number,
  records: readonly VirtualRecord[],
  context: string,
  keep: boolean,
  as: 'value' | 'test' = 'value',
): CallCode {
  const count = records.length as 1 | 2
  const suits = isFormula(fn, count) ? isFormulaRecord : isScalarised
  const scalars = records.every(suits) ? scalarSource(fn, count, as) : undefined
  const expression =
    (scalars && scalarCall(code, fn, scalars, records, context)) ??
    wholeCall(code, fn, records, context, keep)
  const local = (hint: string) => {
    code.line(`at = ${number}`)
    return code.local(expression, hint)
  }
  const scalar = () => {
    if (factsOf(fn, records.length as 1 | 2).pure)
      return lazyScalar(() => code.local(expression, 'value'))
    const value = local('value')
    const refuse = code.constant(refuseThenable, 'refuseThenable')
    code.line(`if (typeof ${value} === 'object') ${refuse}(${value})`)
    return localScalar(value)
  }
  return { expression, local, scalar }
}

/** A call with records, made of the fields that matter. */
function wholeCall(
  code: CodeBuilder,
  fn: UserFunction,
  records: readonly VirtualRecord[],
  context: string,
  keep: boolean,
): string {
  const all = [...parameters(code, fn, records, keep), ...(takesContext(fn) ? [context] : [])]
  const called = fn.call ?? callOf(fn, records.length as 1 | 2)
  return `${code.constant(called, fn.operation)}(${all.join(', ')})`
}

/** Whether functions may get the fields of the record instead of the record. */
function isScalarised(record: VirtualRecord): boolean {
  return record.kind === 'fields' && record.absent === undefined
}

/** The same for formulas, in which fields of an absent record are missing. */
function isFormulaRecord(record: VirtualRecord): boolean {
  return record.kind === 'fields' || record.kind === 'value'
}

/** Adds lines that look for the fields of a formula that no record so far had. */
function lookForFields(
  code: CodeBuilder,
  checks: readonly FieldCheck[],
  records: readonly VirtualRecord[],
): void {
  for (const [k, check] of checks.entries()) {
    const record = records[k]!
    if (record.kind === 'fields') for (const name of record.fields.keys()) check.seen(name)
    if (!check.isPending) continue
    const look = `${code.constant(check, 'fields')}.look(${wholeRecord(record)})`
    const absent = record.kind === 'opaque' ? undefined : record.absent
    code.line(absent === undefined ? look : `if (!(${absent})) ${look}`)
  }
}

/** A call of a function over single values; `undefined` when the records do not suit it. */
function scalarCall(
  code: CodeBuilder,
  fn: UserFunction,
  scalars: ScalarFunction,
  records: readonly VirtualRecord[],
  context: string,
): string | undefined {
  const values: string[] = []
  for (const { field, input } of scalars.parameters) {
    const value = fieldValue(records[input]!, field)
    if (value === undefined) return undefined
    values.push(value)
  }
  if (scalars.context) values.push(context)
  return `${code.declare(scalars.source, fn.operation)}(${values.join(', ')})`
}

/** An expression for a field of a record; `undefined` for what objects and arrays inherit. */
function fieldValue(record: VirtualRecord, field: string): string | undefined {
  if (record.kind === 'value' && field === VALUE) return record.scalar.read()
  if (record.kind !== 'fields') return undefined
  const scalar = record.fields.get(field)
  if (scalar !== undefined) return scalar.read()
  const prototype = record.shape === 'tuple' ? Array.prototype : Object.prototype
  if (record.shape === 'tuple' && field === 'length') return String(record.fields.size)
  return field in prototype ? undefined : 'undefined'
}

/** The records as a function gets them, with only the fields that it reads. */
function parameters(
  code: CodeBuilder,
  fn: UserFunction,
  records: readonly VirtualRecord[],
  keep: boolean,
): readonly string[] {
  const facts = factsOf(fn, records.length as 1 | 2)
  const own = code.constant(ownRecord, 'ownRecord')
  return records.map((record, index) => {
    const reads = facts.reads[index] ?? 'all'
    const whole = wholeRecord(record, reads === 'all' ? undefined : reads)
    if (!(facts.mutates[index] ?? true)) return whole
    // What the function may change must be its own.
    if (record.kind === 'opaque') return keep ? `${own}(${whole})` : whole
    const values = record.kind === 'value' ? [record.scalar] : [...record.fields.values()]
    return values.every(isPrimitive) ? whole : `${own}(${whole})`
  })
}

/** Whether reading the value twice gives nothing that could be changed through the other. */
function isPrimitive({ copy }: Scalar): boolean {
  return copy !== undefined && copy.code.column.layout !== 'any'
}

/**
 * Adds the lines that call a function of one or two records; gives the record it returns.
 *
 * @param number Of the function, for errors.
 * @param last Whether no function gets the result, so that it need not be kept from changes.
 */
export function mapped(
  code: CodeBuilder,
  fn: UserFunction,
  number: number,
  records: readonly VirtualRecord[],
  context: string,
  last: boolean,
): VirtualRecord {
  return (
    mappedFields(code, fn, number, records, context) ??
    mappedTogether(code, fn, number, records, context) ??
    mappedWhole(code, fn, number, records, context, last)
  )
}

/** The result of a function that makes each field by an expression of its own. */
function mappedFields(
  code: CodeBuilder,
  fn: UserFunction,
  number: number,
  records: readonly VirtualRecord[],
  context: string,
): VirtualRecord | undefined {
  const count = records.length as 1 | 2
  if (!records.every(isScalarised)) return undefined
  const outputs = scalarOutputs(fn, count)
  const output = factsOf(fn, count).output
  if (outputs === undefined || output === undefined) return undefined
  const { pure } = factsOf(fn, count)
  const computed: (Scalar | undefined)[] = []
  for (const item of outputs.items) {
    if (item.compute === undefined) computed.push(undefined)
    else {
      const value = scalarCall(code, fn, item.compute, records, context)
      if (value === undefined) return undefined
      const hint = item.kind === 'field' ? item.name : 'value'
      if (pure) computed.push(lazyScalar(() => code.local(value, hint)))
      else {
        code.line(`at = ${number}`)
        computed.push(localScalar(code.local(value, hint)))
      }
    }
  }
  return outputRecord(outputs.shape, fn, records, item => computed[item])
}

/** The result of a function that computes all fields that are not copies in one call. */
function mappedTogether(
  code: CodeBuilder,
  fn: UserFunction,
  number: number,
  records: readonly VirtualRecord[],
  context: string,
): VirtualRecord | undefined {
  if (!records.every(isScalarised)) return undefined
  const outputs = scalarResult(fn, records.length as 1 | 2)
  const value = outputs && scalarCall(code, fn, outputs.compute, records, context)
  if (outputs === undefined || value === undefined) return undefined
  const { items, shape } = outputs
  // Once the call is there, nothing may go wrong.
  const copies = items.flatMap(item => (item.kind === 'field' && item.copyOf) || [])
  if (copies.some(from => copied(records, from) === undefined)) return undefined
  const computed = items.filter(isComputed)
  code.line(`at = ${number}`)
  const result = code.local(value, 'result')
  return outputRecord(shape, fn, records, index => {
    const item = items[index]!
    if (item.kind !== 'field' || !isComputed(item)) return undefined
    const part = computed.length === 1 ? result : `${result}[${computed.indexOf(item)}]`
    return localScalar(code.local(part, item.name))
  })
}

/** The result of a function that is called with records. */
function mappedWhole(
  code: CodeBuilder,
  fn: UserFunction,
  number: number,
  records: readonly VirtualRecord[],
  context: string,
  last: boolean,
): VirtualRecord {
  const facts = factsOf(fn, records.length as 1 | 2)
  const { output } = facts
  const made = call(code, fn, number, records, context, output !== undefined)
  if (output?.shape === 'value') return { kind: 'value', scalar: made.scalar(fn) }
  const result = made.local('result')
  if (output !== undefined && !facts.mutates.includes(true)) {
    const { items, shape, wholeInput } = output
    if (wholeInput !== undefined) return certain(code, records[wholeInput]!)
    const known = outputRecord(shape, fn, records, index => {
      const item = items[index]
      if (item?.kind !== 'field') return undefined
      return localScalar(code.local(memberSource(result, item.name), item.name))
    })
    if (known !== undefined) return known
  }
  return { kind: 'opaque', name: last ? result : owned(code, result) }
}

/** A record that is there, perhaps as `null`. */
function certain(code: CodeBuilder, record: VirtualRecord): VirtualRecord {
  if (record.kind === 'opaque' || record.absent === undefined) return record
  return { kind: 'opaque', name: code.local(wholeRecord(record), 'record') }
}

/** A local with a copy of what a function returned, which functions may change. */
function owned(code: CodeBuilder, result: string): string {
  const refuse = code.constant(refuseThenable, 'refuseThenable')
  const own = code.constant(ownRecord, 'ownRecord')
  return code.local(
    `typeof ${result} === 'object' ? ${own}(${refuse}(${result})) : (${result} ?? null)`,
    'record',
  )
}

/** The record of a result whose fields are known. */
function outputRecord(
  shape: 'object' | 'tuple',
  fn: UserFunction,
  records: readonly VirtualRecord[],
  computed: (item: number) => Scalar | undefined,
): VirtualRecord | undefined {
  const { output } = factsOf(fn, records.length as 1 | 2)
  if (output === undefined) return undefined
  for (const item of output.items) {
    if (item.kind === 'spread' && records[item.input]?.kind !== 'fields') return undefined
  }
  const names = records.map(record => (record.kind === 'fields' ? [...record.fields.keys()] : []))
  const fields = new Map<string, Scalar>()
  for (const field of outputFields(output, names)) {
    const scalar = field.kind === 'copy' ? copied(records, field.from) : computed(field.item)
    if (scalar === undefined) return undefined
    fields.set(field.name, scalar)
  }
  return { kind: 'fields', shape, fields }
}

function copied(
  records: readonly VirtualRecord[],
  from: { readonly input: number; readonly field: string },
): Scalar | undefined {
  const record = records[from.input]!
  if (record.kind !== 'fields') return undefined
  const scalar = record.fields.get(from.field)
  if (scalar !== undefined) return scalar
  // What records inherit is nothing that they have as a field.
  return fieldValue(record, from.field) === 'undefined' ? missingScalar : undefined
}

function pairOf(records: readonly VirtualRecord[]): VirtualRecord {
  const fields = new Map(records.map((record, k) => [String(k), recordScalar(record)]))
  return { kind: 'fields', shape: 'tuple', fields }
}

function derived(
  code: CodeBuilder,
  record: VirtualRecord,
  added: readonly (readonly [name: string, value: Scalar])[],
): VirtualRecord {
  if (record.kind === 'fields' && record.shape === 'object') {
    return { ...record, fields: new Map([...record.fields, ...added]) }
  }
  const whole = wholeRecord(record)
  const check = code.constant(checkObject, 'checkObject')
  const fields = added.map(([name, value]) => `${keySource(name)}: ${value.read()}`)
  const name = code.local(`{ ...${check}(${whole}), ${fields.join(', ')} }`, 'record')
  return { kind: 'opaque', name }
}

function checkObject(record: unknown): unknown {
  if (shapeOf(record) !== 'object') throw notAnObject(record)
  return record
}

function projection(
  code: CodeBuilder,
  fields: readonly { readonly from: string; readonly as: string }[],
  record: VirtualRecord,
  check: FieldCheck,
): VirtualRecord {
  if (record.kind !== 'fields') {
    const project = code.constant(projected, 'project')
    const list = code.constant(fields, 'fields')
    const whole = `${wholeRecord(record)}, ${list}, ${code.constant(check, 'check')}`
    return { kind: 'opaque', name: code.local(`${project}(${whole})`, 'record') }
  }
  const values = fields.map(({ from, as }): readonly [string, Scalar] => {
    const scalar = record.fields.get(from)
    if (scalar === undefined) return [as, pathScalar(code, record, from, check)]
    check.seen(from)
    return [as, scalar]
  })
  const tuple = record.shape === 'tuple' && isTuple(fields)
  return { kind: 'fields', shape: tuple ? 'tuple' : 'object', fields: new Map(values) }
}

/** A property of a nested value, or a field that only other records have, or none. */
function pathScalar(
  code: CodeBuilder,
  record: VirtualRecord,
  path: string,
  check: FieldCheck,
): Scalar {
  const first = path.split('.')[0]!
  const only = check.isUnseen(path) ? undefined : [first]
  const whole = wholeRecord(record, only)
  const value = `${code.constant(check, 'check')}.value(${whole}, ${JSON.stringify(path)})`
  return localScalar(code.local(value, path))
}

/** A field that is equal in both records, from the one that is there. */
function sharedScalar(name: string, records: readonly VirtualRecord[]): Scalar {
  const sides = records.flatMap(record => {
    const scalar = record.kind === 'fields' ? record.fields.get(name) : undefined
    return record.kind === 'fields' && scalar !== undefined ? [{ record, scalar }] : []
  })
  const always = sides.find(({ record }) => record.absent === undefined)
  if (always !== undefined) return always.scalar
  const either = () => `(${sides.map(({ scalar }) => scalar.read()).join(' ?? ') || 'null'})`
  return { read: either, raw: either }
}
