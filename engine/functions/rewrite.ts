/**
 * Lambdas over records rewritten to work on single values. This is what makes compiled loops fast:
 * no record is built, and only fields that are read are touched.
 *
 * All new names end in `$` and digits; lambdas that use such names themselves are not rewritten, so
 * nothing clashes.
 */
import { readOf } from './analysis.js'
import type { Expression } from './expression/expression.js'
import {
  type ExpressionContext,
  expressionSource,
  testSource,
} from './expression/expression-source.js'
import { expressionOf } from './expression-of.js'
import type { FieldReference, OutputItem } from './facts.js'
import type { Lambda, Range } from './lambda/lambda.js'
import type { ReadLambda } from './lambda/read-lambda.js'
import { type SourceEdit, SourceEdits } from './lambda/source-edits.js'
import type { UserFunction } from './user-function.js'

/** JavaScript source of a function over single values. */
export interface ScalarFunction {
  /** What to pass, in order. Missing values are passed as `null`, fields that do not exist as `undefined`. */
  readonly parameters: readonly FieldReference[]
  /** Whether the context is passed after them. */
  readonly context: boolean
  /** A function expression: `(a$0, b$1) => a$0 > 0 && b$1 < 3`. */
  readonly source: string
}

/** One item of a record, computed on its own. */
export type ScalarItem = OutputItem & { readonly compute?: ScalarFunction }

/** A result whose fields can be computed one by one. */
export interface ScalarOutputs {
  readonly shape: 'object' | 'tuple'
  /** Fields with `copyOf` and spreads are copies, all others have `compute`. */
  readonly items: readonly ScalarItem[]
}

/**
 * The function over single values: for filters, keys and functions that give plain values. Also
 * for formulas.
 *
 * @param as `test` gives a function that is true or false, for filters; it makes formulas faster,
 *   which otherwise give `null` when they are missing.
 * @returns `undefined` when the function captures, uses a record whole, or is not understood.
 */
export function scalarSource(
  fn: UserFunction,
  records: 1 | 2,
  as: 'value' | 'test' = 'value',
): ScalarFunction | undefined {
  const expression = expressionOf(fn, records)
  if (expression !== undefined) return expressionFunction(expression, as)
  const read = rewritable(fn, records)
  if (read === undefined) return undefined
  const { lambda } = read
  if (lambda.uses.some(({ kind }) => kind === 'spread' || kind === 'result')) return undefined
  const parameters = new Parameters()
  const edits = new SourceEdits(lambda.source, fieldEdits(lambda, parameters.name))
  const before = prelude(read, edits, parameters)
  const body = edits.text(lambda.body)
  if (lambda.body.kind === 'expression') return parameters.function(before, body)
  return parameters.functionOf(`{ ${before}${body.slice(1)}`)
}

/**
 * The fields of a returned literal, each as a function of its own.
 *
 * @returns `undefined` when the function captures, uses a record whole, has more than one way to
 *   return, declares locals, or is not understood.
 */
export function scalarOutputs(fn: UserFunction, records: 1 | 2): ScalarOutputs | undefined {
  const read = fn.call && rewritable(fn, records)
  if (read === undefined) return undefined
  const { lambda, syntax } = read
  const { body } = syntax
  const [only, ...others] = lambda.returns
  if (only === undefined || others.length > 0) return undefined
  const { result } = only
  if (result.kind !== 'object' && result.kind !== 'tuple') return undefined
  // Locals would be computed again for each field.
  if (body.type === 'BlockStatement' && body.body[0]?.type !== 'ReturnStatement') return undefined
  const items = result.items.map(({ value, ...item }): ScalarItem => {
    if (item.kind === 'spread' || item.copyOf !== undefined) return item
    const parameters = new Parameters()
    const edits = new SourceEdits(lambda.source, fieldEdits(lambda, parameters.name))
    const before = prelude(read, edits, parameters, value)
    return { ...item, compute: parameters.function(before, edits.text(value)) }
  })
  return { shape: result.kind, items }
}

/** A result of which all that is not a copy is computed by one function. */
export interface ScalarResult {
  readonly shape: 'object' | 'tuple'
  /** Fields with `copyOf` and spreads are copies. */
  readonly items: readonly OutputItem[]
  /** Gives the one field that is computed, or a list of all of them. */
  readonly compute: ScalarFunction
}

/**
 * The computed fields of a returned literal, all by one function; for functions with statements,
 * which cannot be taken apart by field. Copies and spreads are not made at all.
 *
 * @returns `undefined` when the function captures, uses a record whole, returns other literals on
 *   other ways, computes nothing, or is not understood.
 */
export function scalarResult(fn: UserFunction, records: 1 | 2): ScalarResult | undefined {
  const read = fn.call && rewritable(fn, records)
  if (read === undefined || read.lambda.body.kind !== 'block') return undefined
  const { lambda } = read
  const parameters = new Parameters()
  const reads = fieldEdits(lambda, parameters.name)
  const inner = new SourceEdits(lambda.source, reads)
  const results: SourceEdit[] = []
  let first: { shape: 'object' | 'tuple'; items: readonly OutputItem[] } | undefined
  for (const { result } of lambda.returns) {
    if (result.kind !== 'object' && result.kind !== 'tuple') return undefined
    const items = result.items.map(({ value: _, ...item }): OutputItem => item)
    first ??= { shape: result.kind, items }
    if (JSON.stringify(first) !== JSON.stringify({ shape: result.kind, items })) return undefined
    const values = result.items.filter(isComputed).map(({ value }) => value)
    if (values.length === 0) return undefined
    const text = () => {
      const sources = values.map(value => `(${inner.text(value)})`)
      return sources.length === 1 ? sources[0]! : `[${sources.join(', ')}]`
    }
    results.push({ start: result.start, end: result.end, text })
  }
  if (first === undefined) return undefined
  const edits = new SourceEdits(lambda.source, [...reads, ...results])
  const before = prelude(read, edits, parameters)
  const body = edits.text(lambda.body)
  return { ...first, compute: parameters.functionOf(`{ ${before}${body.slice(1)}`) }
}

/** Whether an item of a result is neither a copy nor a spread. */
export function isComputed(item: OutputItem): boolean {
  return item.kind === 'field' && item.copyOf === undefined
}

/** The lambda, if all that it does with its records can be done with their fields. */
function rewritable(fn: UserFunction, records: 1 | 2): ReadLambda | undefined {
  const read = readOf(fn, records)
  if (typeof read === 'string') return undefined
  const { lambda } = read
  if (lambda.async || lambda.generator || lambda.captures.length > 0) return undefined
  if (lambda.uses.some(({ kind }) => kind === 'whole')) return undefined
  // The rest of a tuple has no names.
  if (lambda.parameters.some(p => p.kind === 'tuple' && p.rest !== undefined)) return undefined
  for (const name of lambda.names) if (/\$\d*$/.test(name)) return undefined
  return read
}

/** Replacements of all reads of fields. */
function fieldEdits(
  { uses }: Lambda,
  read: (reference: FieldReference) => string,
): readonly SourceEdit[] {
  return uses.flatMap((use): SourceEdit[] => {
    const { input, start, end } = use
    if (use.kind === 'field') return [{ start, end, text: () => read({ input, field: use.field }) }]
    if (use.kind === 'presence') return [{ start, end, text: () => 'true' }]
    if (use.kind !== 'destructure') return []
    const fields = [...new Set(use.fields)]
    const values = fields.map(field => ({ field, text: () => read({ input, field }) }))
    const literal = () =>
      use.shape === 'tuple'
        ? tupleSource(use.fields, field => read({ input, field }))
        : `({ ${values.map(({ field, text }) => `${quoted(field)}: ${text()}`).join(', ')} })`
    return [{ start, end, text: literal }]
  })
}

/** An array that has the given positions. */
function tupleSource(fields: readonly string[], read: (field: string) => string): string {
  const length = Math.max(-1, ...fields.map(Number)) + 1
  const values = Array.from({ length }, (_, index) =>
    fields.includes(String(index)) ? read(String(index)) : 'undefined',
  )
  return `[${values.join(', ')}]`
}

/** Where names of fields and of the context come from. */
interface Naming {
  readonly name: (reference: FieldReference) => string
  readonly context: (pattern: string) => string
}

/** What the patterns of parameters bind, as declarations. Of those, only what `within` needs. */
function prelude(read: ReadLambda, edits: SourceEdits, naming: Naming, within?: Range): string {
  const { parameters, context, contextReads } = read.lambda
  const lines: string[] = []
  parameters.forEach((parameter, input) => {
    if (!('bindings' in parameter)) return
    for (const { field, pattern, fallback } of parameter.bindings) {
      if (within !== undefined && !isNeeded(read, pattern, within)) continue
      const value = naming.name({ input, field })
      const target = edits.text(pattern)
      lines.push(
        fallback === undefined
          ? `let ${target} = ${value};`
          : `let ${target} = ${value} === undefined ? (${edits.text(fallback)}) : ${value};`,
      )
    }
  })
  if (context !== undefined && contextReads.length > 0) {
    const pattern = edits.text(context)
    const value = naming.context(pattern)
    if (value !== pattern) lines.push(`let ${pattern} = ${value};`)
  }
  return lines.map(line => `${line} `).join('')
}

/** Whether a plain name that a pattern binds is used within a range, or by another pattern. */
function isNeeded({ names, lambda }: ReadLambda, pattern: Range, within: Range): boolean {
  for (const [node, { references }] of names.bindings)
    if (node.start === pattern.start && node.end === pattern.end)
      return references.some(
        ({ node: { start, end } }) =>
          (start >= within.start && end <= within.end) || start < lambda.body.start,
      )
  return true
}

/** The parameters of a function over single values, which come up as fields are read. */
class Parameters implements Naming {
  readonly #names = new Map<string, string>()
  readonly #references: FieldReference[] = []
  #context: string | undefined

  readonly name = (reference: FieldReference): string => {
    const key = `${reference.input}.${reference.field}`
    let name = this.#names.get(key)
    if (name === undefined) {
      name = `${reference.field.replace(/[^\p{ID_Continue}]/gu, '_')}$${this.#references.length}`
      if (!/^[\p{ID_Start}_$]/u.test(name)) name = `_${name}`
      this.#names.set(key, name)
      this.#references.push(reference)
    }
    return name
  }

  readonly context = (pattern: string): string => {
    this.#context = /^[{[]/.test(pattern) ? 'context$' : pattern
    return this.#context
  }

  /** The function that gives `value` after the statements `before`. */
  function(before: string, value: string): ScalarFunction {
    if (before !== '') return this.functionOf(`{ ${before}return (${value}) }`)
    // The body of an arrow function is no list, and what begins with a brace is a block.
    return this.functionOf(/^\{|,/.test(value) ? `(${value})` : value)
  }

  /** The function with a body. */
  functionOf(body: string): ScalarFunction {
    const names = [...this.#names.values()]
    if (this.#context !== undefined) names.push(this.#context)
    return {
      parameters: this.#references,
      context: this.#context !== undefined,
      source: `(${names.join(', ')}) => ${body}`,
    }
  }
}

function expressionFunction(expression: Expression, as: 'value' | 'test'): ScalarFunction {
  const parameters = new Parameters()
  const variables: string[] = []
  const context: ExpressionContext = {
    field: reference => ({ text: parameters.name(reference) }),
    temporary: () => {
      // Unlike the names of fields' parameters, which end in $ and a number.
      variables.push(`$t${variables.length}`)
      return variables.at(-1)!
    },
  }
  const text =
    as === 'test' ? testSource(expression, context) : expressionSource(expression, context)
  return parameters.function(variables.length === 0 ? '' : `let ${variables.join(', ')}; `, text)
}

function quoted(name: string): string {
  return name === '__proto__' ? '["__proto__"]' : JSON.stringify(name)
}
