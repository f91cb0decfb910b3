/**
 * Runs a chain record by record: the plain twin of compiled chains, for places that forbid
 * generated code, and the readable statement of what a chain means.
 */
import { SchemaError } from '../errors.js'
import { BATCH_SIZE, type RecordBatch } from '../types/batch.js'
import { shown } from '../types/column-writer.js'
import { RecordWriter, shapeOf } from '../types/record-writer.js'
import type { Chain, ChainInput, ChainOptions, Stage } from './chain.js'
import { ChainChecks } from './chain-checks.js'
import type { FieldCheck } from './field-check.js'
import {
  type Call,
  callOf,
  functionFailed,
  iterableOf,
  ownRecord,
  refuseThenable,
} from './user-call.js'
import type { UserFunction } from './user-function.js'

/** What goes through a chain: one record, or the two of a pair until a stage joins them. */
type Current = readonly unknown[]

type Emit = (record: unknown) => void

/** What a stage does with one record: hands 0..n records to `next`. */
type Step = (current: Current, next: (current: Current) => void) => void

/** The chain of `stages`, interpreted. Stages have been checked by `createChain`. */
export function interpretedChain(stages: readonly Stage[], options: ChainOptions): Chain {
  return new InterpretedChain(stages, options)
}

class InterpretedChain implements Chain {
  readonly #writer = new RecordWriter(1024)
  readonly #stages: readonly InterpretedStage[]
  readonly #run: (current: Current) => void
  #inputs: readonly ChainInput[] = []
  #start: () => unknown = () => null
  #partition = 0

  constructor(stages: readonly Stage[], options: ChainOptions) {
    const checks = new ChainChecks(stages, options.inputs, options.fields)
    this.#stages = stages.map(
      (stage, k) =>
        new InterpretedStage(stage, options.contexts[k] ?? [], {
          last: k === stages.length - 1,
          checks,
          inputRecord: () => this.#start(),
          inputBatch: side => this.#inputs[side]!.batch,
        }),
    )
    const emit: Emit = record => this.#writer.write(record)
    let next: (current: Current) => void = ([record]) => emit(record)
    for (const { step } of [...this.#stages].reverse()) {
      const after = next
      next = current => step(current, after)
    }
    this.#run = next
  }

  *run(inputs: readonly ChainInput[], length: number, start = 0): Generator<RecordBatch> {
    const { partition } = inputs[0]!.batch
    if (partition !== this.#partition && this.#writer.length > 0) yield this.#finish()
    this.#partition = partition
    this.#inputs = inputs
    for (let row = start; row < length; row++) {
      const read = () => inputs.map(input => recordOf(input, row))
      this.#start = () => (inputs.length === 1 ? read()[0] : read())
      this.#run(read())
      if (this.#writer.length >= BATCH_SIZE) yield this.#finish()
    }
  }

  flush(): RecordBatch | undefined {
    return this.#writer.length > 0 ? this.#finish() : undefined
  }

  code(): readonly string[] {
    return []
  }

  #finish(): RecordBatch {
    return this.#writer.finish(this.#partition)
  }
}

function recordOf({ batch, rows }: ChainInput, k: number): unknown {
  const row = rows === undefined ? k : rows[k]!
  if (row < 0) return null
  const record = batch.record(row)
  // Values of any kind may be objects, which belong to the batch.
  return batch.shape === 'value' ? ownRecord(record) : record
}

interface Place {
  readonly checks: ChainChecks
  readonly last: boolean
  /** The record that the chain is at, for errors. */
  readonly inputRecord: () => unknown
  readonly inputBatch: (side: number) => RecordBatch
}

class InterpretedStage {
  readonly step: Step
  readonly #place: Place

  constructor(stage: Stage, contexts: readonly object[], place: Place) {
    this.#place = place
    this.step = this.#stepOf(stage, contexts)
  }

  #stepOf(stage: Stage, contexts: readonly object[]): Step {
    const { last } = this.#place
    switch (stage.kind) {
      case 'map': {
        const call = this.#caller(stage.fn, contexts[0])
        return (current, next) => next([last ? call(current) : ownRecord(call(current))])
      }
      case 'flatMap': {
        const iterate = this.#iterator(stage.fn, contexts[0])
        return (current, next) =>
          iterate(current, record => next([last ? record : ownRecord(record)]))
      }
      case 'filter': {
        const call = this.#caller(stage.fn, contexts[0])
        return (current, next) => {
          if (call(current.map(ownRecord))) next(current)
        }
      }
      case 'derive': {
        const calls = stage.columns.map(({ fn }, k) => this.#caller(fn, contexts[k]))
        return ([record], next) => {
          if (shapeOf(record) !== 'object') throw notAnObject(record)
          const derived = { ...(record as object) } as Record<string, unknown>
          stage.columns.forEach(({ as }, k) => {
            derived[as] = calls[k]!([ownRecord(record)])
          })
          next([derived])
        }
      }
      case 'project': {
        const check = this.#place.checks.ofProject(stage)
        return ([record], next) => next([projected(record, stage.fields, check)])
      }
      case 'pair':
        return (current, next) => next([[...current]])
      case 'merge':
        return ([left, right], next) => {
          const batches = [this.#place.inputBatch(0), this.#place.inputBatch(1)] as const
          checkMerge(...batches, stage.shared)
          const merged = { ...fieldsOf(left, batches[0]), ...fieldsOf(right, batches[1]) }
          const present = (left ?? right) as Readonly<Record<string, unknown>>
          for (const name of stage.shared ?? []) merged[name] = present[name]
          next([merged])
        }
    }
  }

  #caller(fn: UserFunction, context: object | undefined): (current: Current) => unknown {
    const { checks, inputRecord } = this.#place
    const fields = checks.ofFunction(fn)
    let call: Call | undefined
    return current => {
      for (const [k, check] of fields.entries()) {
        if (current.length === 1 || current[k] !== null) check.look(current[k])
      }
      call ??= callOf(fn, current.length as 1 | 2)
      try {
        return refuseThenable(call(...current, context))
      } catch (cause) {
        throw functionFailed(fn, inputRecord(), cause)
      }
    }
  }

  /** Calls a function of several records; what it does while it is iterated over may fail, too. */
  #iterator(fn: UserFunction, context: object | undefined): (current: Current, emit: Emit) => void {
    const { inputRecord } = this.#place
    let call: Call | undefined
    return (current, emit) => {
      call ??= callOf(fn, current.length as 1 | 2)
      let inside = true
      try {
        for (const record of iterableOf(call(...current, context))) {
          refuseThenable(record)
          inside = false
          emit(record)
          inside = true
        }
      } catch (cause) {
        throw inside ? functionFailed(fn, inputRecord(), cause) : cause
      }
    }
  }
}

function fieldsOf(record: unknown, { names }: RecordBatch): Record<string, unknown> {
  if (record !== null) return record as Record<string, unknown>
  return Object.fromEntries(names.map(name => [name, null]))
}

/** The record that `project` makes of `record`: a tuple of a tuple unless fields get new names. */
export function projected(
  record: unknown,
  fields: readonly { readonly from: string; readonly as: string }[],
  check: FieldCheck,
): unknown {
  const values = fields.map(({ from }) => check.value(record, from))
  const tuple = shapeOf(record) === 'tuple' && isTuple(fields)
  return tuple ? values : Object.fromEntries(fields.map(({ as }, k) => [as, values[k]]))
}

/** Whether fields have the names that the fields of tuples have: '0', '1', ... */
export function isTuple(fields: readonly { readonly as: string }[]): boolean {
  return fields.every(({ as }, k) => as === `${k}`)
}

/**
 * Checks that the fields of two sides can be put into one record.
 *
 * @throws {SchemaError} If a side has no named fields, or both have fields of the same name.
 */
export function checkMerge(
  left: RecordBatch,
  right: RecordBatch,
  shared: readonly string[] = [],
): void {
  for (const [side, batch] of Object.entries({ left, right })) {
    if (batch.shape === 'object' || batch.length === 0) continue
    throw new SchemaError(
      `join: the ${side} records must be objects with named fields to be merged; they are ` +
        `${batch.shape}s. Say what to make of a pair with .with((left, right) => ...).`,
    )
  }
  const both = left.names.filter(name => right.names.includes(name) && !shared.includes(name))
  if (both.length === 0) return
  const names = both.map(name => `"${name}"`).join(', ')
  throw new SchemaError(
    `join: both sides have ${both.length === 1 ? 'a field' : 'fields'} ${names}. Say what to keep ` +
      'with .with((left, right) => ({ ...left, ... })), or rename the field of one side before.',
  )
}

/** The error for records without named fields where fields are added. */
export function notAnObject(record: unknown): SchemaError {
  return new SchemaError(
    `derive: the records must be objects with named fields; got ${shown(record)}. Use map instead.`,
  )
}
