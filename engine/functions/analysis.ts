/** Finds out what a user's function reads, returns and captures. */

import { type Expression, fieldsOf } from './expression/expression.js'
import { isPureExpression, isRepeatable, isSurelyScalar } from './expression/expression-facts.js'
import { expressionOf } from './expression-of.js'
import type { FunctionFacts, OutputFacts, OutputItem } from './facts.js'
import { effectsOf } from './lambda/effects.js'
import type { Lambda, RecordUse, Result } from './lambda/lambda.js'
import { type ReadLambda, readLambda } from './lambda/read-lambda.js'
import { parseFunction } from './lambda/syntax.js'
import { resultAsData } from './lambda/to-expression.js'
import type { UserFunction } from './user-function.js'

type Kept<T> = WeakMap<object, T>
const lambdas: readonly Kept<ReadLambda | string>[] = [new WeakMap(), new WeakMap()]
const facts: readonly Kept<FunctionFacts>[] = [new WeakMap(), new WeakMap()]

/** What is known about a function of one or two records. Kept per function. */
export function factsOf(fn: UserFunction, records: 1 | 2): FunctionFacts {
  const kept = facts[records - 1]!
  let known = kept.get(fn)
  if (known === undefined) {
    known = Object.freeze(findFacts(fn, records))
    kept.set(fn, known)
  }
  return known
}

/**
 * What reading the source of `call` tells; see `FunctionFacts`.
 *
 * @param records How many records it is called with; a context may follow.
 * @param handed Values that are handed over to it in its context.
 */
export function functionFacts(
  call: (...parameters: never[]) => unknown,
  records: 1 | 2,
  handed: Readonly<Record<string, unknown>> = {},
): FunctionFacts {
  return factsOf({ call, handed, operation: 'function' }, records)
}

/** The lambda with its syntax; for `rewrite.ts`. */
export function readOf({ call }: UserFunction, records: 1 | 2): ReadLambda | string {
  if (call === undefined) return 'a formula'
  const kept = lambdas[records - 1]!
  let read = kept.get(call)
  if (read === undefined) {
    const parsed = parseFunction(call)
    read = typeof parsed === 'string' ? parsed : readLambda(parsed, records)
    kept.set(call, read)
  }
  return read
}

function findFacts(fn: UserFunction, records: 1 | 2): FunctionFacts {
  const expression = expressionOf(fn, records)
  if (expression !== undefined) return factsOfExpression(expression, records)
  const read = readOf(fn, records)
  return typeof read === 'string'
    ? unknownFacts(fn, records, read)
    : factsOfLambda(read, fn.handed ?? {})
}

function factsOfExpression(expression: Expression, records: 1 | 2): FunctionFacts {
  const fields = fieldsOf(expression)
  const reads = Array.from({ length: records }, (_, input) =>
    fields.filter(field => field.input === input).map(({ name }) => name),
  )
  const copyOf = expression.kind === 'field' && {
    copyOf: { input: expression.input, field: expression.name },
  }
  return {
    reads,
    computesFrom: reads,
    ...(isSurelyScalar(expression) && {
      output: { shape: 'value', items: [{ kind: 'field', name: 'value', ...copyOf }] },
    }),
    captures: [],
    contextReads: [],
    async: false,
    generator: false,
    pure: isPureExpression(expression),
    repeatable: isRepeatable(expression),
    mutates: reads.map(() => false),
    expression,
  }
}

/** What is true of any function. */
function unknownFacts({ call }: UserFunction, records: 1 | 2, reason: string): FunctionFacts {
  const kind = Object.prototype.toString.call(call)
  const all = records === 1 ? (['all'] as const) : (['all', 'all'] as const)
  return {
    reads: all,
    computesFrom: all,
    captures: [],
    contextReads: 'all',
    async: kind.includes('Async'),
    generator: kind.includes('Generator'),
    pure: false,
    repeatable: false,
    mutates: records === 1 ? [true] : [true, true],
    reason,
  }
}

function factsOfLambda(read: ReadLambda, handed: Readonly<Record<string, unknown>>): FunctionFacts {
  const { lambda } = read
  const { records, uses, captures, contextReads, async, generator } = lambda
  const effects = effectsOf(read, new Set(Object.keys(handed)))
  const inputs = Array.from({ length: records }, (_, input) => input)
  const reads = inputs.map(input => readsOf(lambda, input))
  const mutates = inputs.map(input =>
    uses.some(use => use.input === input && use.kind === 'whole' && use.mutates),
  )
  const output = async || generator ? undefined : outputOf(lambda)
  const data = effects === 'effects' ? {} : resultAsData(read, handed)
  const reason = reasonOf(lambda)
  return {
    reads,
    computesFrom: output ? inputs.map(input => computesFrom(read, output, input)) : reads,
    ...(output && { output }),
    captures,
    contextReads,
    async,
    generator,
    pure: effects === 'pure',
    repeatable: effects !== 'effects',
    mutates,
    ...data,
    ...(reason !== undefined && { reason }),
  }
}

/** The fields of one record that a lambda reads. */
function readsOf({ parameters, uses }: Lambda, input: number): readonly string[] | 'all' {
  const fields = new Set<string>()
  const parameter = parameters[input]
  if (parameter !== undefined && 'bindings' in parameter) {
    for (const { field } of parameter.bindings) fields.add(field)
    // Tuples are iterated: from the first on.
    if (parameter.kind === 'tuple' && parameter.rest !== undefined) return 'all'
  }
  for (const use of uses) {
    if (use.input !== input) continue
    if (use.kind === 'field') fields.add(use.field)
    else if (use.kind === 'destructure') for (const name of use.fields) fields.add(name)
    else if (use.kind !== 'presence') return 'all'
  }
  return [...fields]
}

/** Like `readsOf`, without what is only copied or spread into the result. */
function computesFrom(
  { lambda, locals }: ReadLambda,
  output: OutputFacts,
  input: number,
): readonly string[] | 'all' {
  const copies = new Set<number>()
  for (const { result } of lambda.returns) collectCopies(result, output, copies)
  const onlyCopied = (field: string, name?: string) => {
    const bindings = [...locals.fields].filter(
      ([binding, of]) =>
        of.input === input && of.field === field && (name ?? binding.name) === binding.name,
    )
    return (
      bindings.length > 0 &&
      bindings.every(([{ references }]) => references.every(({ node }) => copies.has(node.start)))
    )
  }
  const fields = new Set<string>()
  const parameter = lambda.parameters[input]
  if (parameter !== undefined && 'bindings' in parameter) {
    if (parameter.kind === 'tuple' && parameter.rest !== undefined) return 'all'
    for (const { field, pattern } of parameter.bindings)
      if (!onlyCopied(field, lambda.source.slice(pattern.start, pattern.end))) fields.add(field)
  }
  for (const use of lambda.uses) {
    if (use.input !== input) continue
    if (use.kind === 'whole') return 'all'
    if (use.kind === 'field' && !copies.has(use.start)) fields.add(use.field)
    if (use.kind === 'destructure') {
      const twice = new Set(use.fields).size < use.fields.length
      for (const name of use.fields) if (twice || !onlyCopied(name)) fields.add(name)
    }
  }
  return [...fields]
}

/** Adds the positions of values that all paths copy. */
function collectCopies(result: Result, output: OutputFacts, copies: Set<number>): void {
  if (result.kind === 'conditional') {
    collectCopies(result.then, output, copies)
    collectCopies(result.otherwise, output, copies)
  } else if (result.kind === 'object' || result.kind === 'tuple')
    for (const [index, { value }] of result.items.entries()) {
      const item = output.items[index]
      if (item?.kind === 'field' && item.copyOf !== undefined) copies.add(value.start)
    }
}

function outputOf({ returns }: Lambda): OutputFacts | undefined {
  let common: OutputFacts | undefined
  for (const { result } of returns)
    for (const output of outputsOf(result)) {
      if (output === undefined) return undefined
      const next = common === undefined ? output : inCommon(common, output)
      if (next === undefined) return undefined
      common = next
    }
  return common
}

/** What each branch of a result gives. */
function outputsOf(result: Result): readonly (OutputFacts | undefined)[] {
  switch (result.kind) {
    case 'conditional':
      return [...outputsOf(result.then), ...outputsOf(result.otherwise)]
    case 'object':
    case 'tuple':
      return [{ shape: result.kind, items: result.items.map(({ value: _, ...item }) => item) }]
    case 'record': {
      const { input } = result
      return [
        { shape: 'object', items: [{ kind: 'spread', input, except: [] }], wholeInput: input },
      ]
    }
    case 'value':
      if (!result.scalar) return [undefined]
      return [{ shape: 'value', items: [{ kind: 'field', name: 'value' }] }]
    case 'nothing':
      return [{ shape: 'value', items: [{ kind: 'field', name: 'value' }] }]
  }
}

/** What is true of both outputs; `undefined` when they are of different shapes. */
function inCommon(a: OutputFacts, b: OutputFacts): OutputFacts | undefined {
  if (a.shape !== b.shape || a.wholeInput !== b.wholeInput) return undefined
  if (a.items.length !== b.items.length) return undefined
  const items: OutputItem[] = []
  for (const [index, item] of a.items.entries()) {
    const other = b.items[index]!
    if (item.kind === 'spread') {
      if (other.kind !== 'spread' || other.input !== item.input) return undefined
      if (other.except.join() !== item.except.join()) return undefined
      items.push(item)
    } else {
      if (other.kind !== 'field' || other.name !== item.name) return undefined
      const { copyOf, ...plain } = item
      const same = copyOf?.input === other.copyOf?.input && copyOf?.field === other.copyOf?.field
      items.push(same ? item : plain)
    }
  }
  return { ...a, items }
}

/** What keeps a lambda from being rewritten over single values, as a phrase. */
function reasonOf({ async, generator, captures, uses }: Lambda): string | undefined {
  if (async) return 'is asynchronous'
  if (captures.length > 0) return `captures ${captures.join(', ')}`
  if (generator) return 'is a generator'
  const whole = uses.find((use): use is RecordUse & { kind: 'whole' } => use.kind === 'whole')
  return whole?.why
}
