/** From keys as plans hold them to the columns of a batch that make them. */

import { SchemaError } from '../../errors.js'
import { createChain } from '../../functions/create-chain.js'
import type { UserFunction } from '../../functions/user-function.js'
import type { Key } from '../../plan/key.js'
import type { RecordBatch } from '../../types/batch.js'
import { AnyColumn, type Column } from '../../types/column.js'
import { concatBatches, isAllMissing } from '../../types/concat.js'
import type { OperatorContext } from '../operator.js'

/** What evaluating keys and functions needs of an operator's context. */
export type KeyContext = Pick<OperatorContext, 'operation' | 'codegen' | 'fields' | 'handed'>

/** The columns of a key and the names that they get in a result. */
export interface NamedKeys {
  readonly names: readonly string[]
  readonly columns: readonly Column[]
}

/**
 * Makes a function that gives the key columns of a batch, as many for every batch.
 *
 * A field or path gives one column. A key function gives one, or one per field when it returns
 * objects or tuples.
 *
 * A field that a batch lacks is missing there.
 *
 * @throws {SchemaError} (the function made) If a key function returns other fields for one batch
 * than for those before.
 * @throws {FunctionError} (the function made) If a key function throws or returns a promise.
 */
export function createKeyExtractor(
  keys: readonly Key[],
  context: KeyContext,
): (batch: RecordBatch) => readonly Column[] {
  const named = createNamedKeys(keys, context)
  return batch => named(batch).columns
}

/**
 * Like `createKeyExtractor`, with the names of the columns in a result: the field's name, the last
 * segment of a path; the field names of objects that a key function returns, `key` for its plain
 * values and `key0`, `key1`, ... for its tuples.
 */
export function createNamedKeys(
  keys: readonly Key[],
  context: KeyContext,
): (batch: RecordBatch) => NamedKeys {
  const parts = keys.map(key => {
    if (key.kind === 'function') return functionKeys(key.fn, context)
    const read = createFieldReader(key.path, key.operation ?? context.operation, context)
    let name = key.path.slice(key.path.lastIndexOf('.') + 1)
    return (batch: RecordBatch): NamedKeys => {
      if (batch.find(key.path) !== undefined) name = key.path
      return { names: [name], columns: [read(batch)] }
    }
  })
  if (parts.length === 1) return parts[0]!
  return batch => {
    const found = parts.map(part => part(batch))
    return {
      names: found.flatMap(({ names }) => names),
      columns: found.flatMap(({ columns }) => columns),
    }
  }
}

/**
 * Makes a function that gives the column of a field, or of a path, of each batch. Where a batch
 * lacks it all values are missing; when no batch had it, the operator fails in the end.
 */
export function createFieldReader(
  path: string,
  operation: string,
  { fields }: Pick<OperatorContext, 'fields'>,
): (batch: RecordBatch) => Column {
  const check = fields.of(operation, [path])
  return batch => check.column(batch, path)
}

/**
 * Makes a function that computes one value per record, as a batch of as many records; objects and
 * tuples come out as fields.
 */
function createRecordFunction(
  fn: UserFunction,
  context: KeyContext,
): (batch: RecordBatch) => RecordBatch {
  const chain = createChain([{ kind: 'map', fn }], {
    codegen: context.codegen,
    fields: context.fields,
    inputs: 1,
    contexts: [[context.handed(fn.handed)]],
  })
  return batch => {
    const batches = [...chain.run([{ batch }], batch.length)]
    const rest = chain.flush()
    if (rest !== undefined) batches.push(rest)
    return concatBatches(batches)
  }
}

/**
 * Makes a function that computes one column per batch; objects and tuples become arbitrary values.
 */
export function createValueFunction(
  fn: UserFunction,
  context: KeyContext,
): (batch: RecordBatch) => Column {
  const compute = createRecordFunction(fn, context)
  return batch => {
    if (batch.length === 0) return new AnyColumn([])
    const result = compute(batch)
    if (result.shape === 'value') return result.columns[0]!
    return new AnyColumn(Array.from({ length: result.length }, (_, row) => result.record(row)))
  }
}

/** Throws unless all `names` of a result differ. */
export function checkNames(operation: string, names: readonly string[]): void {
  const twice = names.find((name, k) => names.indexOf(name) !== k)
  if (twice === undefined) return
  throw new SchemaError(
    `${operation}: the result would have two fields called "${twice}". Give the aggregate another name, or rename the field before.`,
  )
}

function functionKeys(fn: UserFunction, context: KeyContext): (batch: RecordBatch) => NamedKeys {
  const compute = createRecordFunction(fn, context)
  let known: RecordBatch | undefined
  return batch => {
    if (batch.length === 0) {
      const names = known === undefined ? ['key'] : keyNames(known)
      return { names, columns: names.map(() => new AnyColumn([])) }
    }
    const result = compute(batch)
    if (known === undefined || isUnknown(known)) known = result
    if (known.shape !== result.shape || known.names.length !== result.names.length) {
      if (known.shape === 'value' && isUnknown(result)) return named(result)
      throw new SchemaError(
        `${context.operation}: the key function must always return the same fields; got ${shapeText(known)} first and ${shapeText(result)} later. Return null for what is missing.`,
      )
    }
    return named(result)
  }
}

function named(result: RecordBatch): NamedKeys {
  return { names: keyNames(result), columns: result.columns }
}

function keyNames({ shape, names }: RecordBatch): readonly string[] {
  if (shape === 'value') return ['key']
  return shape === 'tuple' ? names.map(name => `key${name}`) : names
}

/** Whether nothing is known of the shape yet, because all keys were missing. */
function isUnknown({ shape, columns }: RecordBatch): boolean {
  return shape === 'value' && isAllMissing(columns[0]!)
}

function shapeText({ shape, names }: RecordBatch): string {
  return shape === 'value' ? 'plain values' : `${shape}s of ${names.join(', ') || 'nothing'}`
}
