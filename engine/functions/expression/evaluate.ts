/** Expressions run without generated code: the plain twin of `expression-source.ts`. */

import { PURE_FUNCTIONS } from '../globals.js'
import type { BinaryOperator, Expression, UnaryOperator } from './expression.js'
import { FORMULA_FUNCTIONS } from './formula-functions.js'

/** A function of the records that an expression is over. */
export type Evaluator = (left: unknown, right?: unknown) => unknown

/**
 * A function that gives the value of an expression for one or two records.
 *
 * Of plain values, the field `value` is the value itself. Missing fields are `null` under the rules
 * of formulas and whatever JavaScript says under its own.
 */
export function evaluator(expression: Expression): Evaluator {
  switch (expression.kind) {
    case 'constant': {
      const { value } = expression
      return () => value
    }
    case 'field': {
      const { name } = expression
      return expression.input === 0
        ? left => readField(left, name)
        : (_, right) => readField(right, name)
    }
    case 'member': {
      const object = evaluator(expression.object)
      const { name, optional } = expression
      return (left, right) => {
        const value = object(left, right) as Readonly<Record<string, unknown>>
        return optional ? value?.[name] : value[name]
      }
    }
    case 'unary': {
      const operand = evaluator(expression.operand)
      const run = unaryFunction(expression.operator, expression.rules === 'missing')
      return (left, right) => run(operand(left, right))
    }
    case 'binary':
      return expression.rules === 'missing'
        ? missingBinary(expression.operator, expression.left, expression.right)
        : plainBinary(expression.operator, expression.left, expression.right)
    case 'conditional': {
      const test = evaluator(expression.test)
      const then = evaluator(expression.then)
      const otherwise = evaluator(expression.otherwise)
      if (expression.rules === 'javascript')
        return (left, right) => (test(left, right) ? then(left, right) : otherwise(left, right))
      return (left, right) => {
        const chosen = test(left, right) ?? null
        if (chosen === null) return null
        return chosen ? then(left, right) : otherwise(left, right)
      }
    }
    case 'call':
      return expression.rules === 'missing' ? formulaCall(expression) : plainCall(expression)
  }
}

/** A field of a record, or the value that a plain record is. */
function readField(record: unknown, name: string): unknown {
  if (typeof record === 'object' && record !== null && !(record instanceof Date))
    return (record as Readonly<Record<string, unknown>>)[name]
  if (name === 'value') return record
  return (record as Readonly<Record<string, unknown>> | null)?.[name]
}

function unaryFunction(operator: UnaryOperator, missing: boolean): (x: unknown) => unknown {
  const run = UNARY[operator]
  return missing ? x => ((x ?? null) === null ? null : run(x)) : run
}

const UNARY: Readonly<Record<UnaryOperator, (x: unknown) => unknown>> = {
  '-': x => -(x as number),
  '+': x => +(x as number),
  '!': x => !x,
  '~': x => ~(x as number),
  typeof: x => typeof x,
  not: x => !x,
}

type Logical = '&&' | '||' | '??' | 'and' | 'or'
type Plain = Exclude<BinaryOperator, Logical>

/* biome-ignore-start lint/suspicious/noDoubleEquals: these are the operators of JavaScript. */
const BINARY: Readonly<Record<Plain, (x: never, y: never) => unknown>> = {
  '+': (x: number, y: number) => x + y,
  '-': (x: number, y: number) => x - y,
  '*': (x: number, y: number) => x * y,
  '/': (x: number, y: number) => x / y,
  '%': (x: number, y: number) => x % y,
  '**': (x: number, y: number) => x ** y,
  '<': (x, y) => x < y,
  '<=': (x, y) => x <= y,
  '>': (x, y) => x > y,
  '>=': (x, y) => x >= y,
  '==': (x, y) => x == y,
  '!=': (x, y) => x != y,
  '===': (x, y) => x === y,
  '!==': (x, y) => x !== y,
  '&': (x: number, y: number) => x & y,
  '|': (x: number, y: number) => x | y,
  '^': (x: number, y: number) => x ^ y,
  '<<': (x: number, y: number) => x << y,
  '>>': (x: number, y: number) => x >> y,
  '>>>': (x: number, y: number) => x >>> y,
  xor: (x, y) => !x !== !y,
}
/* biome-ignore-end lint/suspicious/noDoubleEquals: these are the operators of JavaScript. */

function plainBinary(operator: BinaryOperator, first: Expression, second: Expression): Evaluator {
  const a = evaluator(first)
  const b = evaluator(second)
  switch (operator) {
    case '&&':
    case 'and':
      return (left, right) => a(left, right) && b(left, right)
    case '||':
    case 'or':
      return (left, right) => a(left, right) || b(left, right)
    case '??':
      return (left, right) => a(left, right) ?? b(left, right)
    default: {
      const run = BINARY[operator] as (x: unknown, y: unknown) => unknown
      return (left, right) => run(a(left, right), b(left, right))
    }
  }
}

function missingBinary(operator: BinaryOperator, first: Expression, second: Expression): Evaluator {
  const a = evaluator(first)
  const b = evaluator(second)
  switch (operator) {
    case 'and':
    case '&&':
      return (left, right) => threeValued(a(left, right), b(left, right), false)
    case 'or':
    case '||':
      return (left, right) => threeValued(a(left, right), b(left, right), true)
    case '??':
      return (left, right) => a(left, right) ?? b(left, right)
    default: {
      const run = BINARY[operator] as (x: unknown, y: unknown) => unknown
      // All others see dates as numbers by themselves.
      const dates = /^([+]|[=!]==?)$/.test(operator)
      return (left, right) => {
        const x = a(left, right) ?? null
        const y = b(left, right) ?? null
        if (x === null || y === null) return null
        return dates ? run(ofDate(x), ofDate(y)) : run(x, y)
      }
    }
  }
}

/** `and` is decided by one `false`, `or` by one `true`; else a missing operand makes it missing. */
function threeValued(x: unknown, y: unknown, decisive: boolean): boolean | null {
  const a = (x ?? null) === null ? null : !!x
  const b = (y ?? null) === null ? null : !!y
  if (a === decisive || b === decisive) return decisive
  return a === null || b === null ? null : !decisive
}

/** Formulas count and compare dates as milliseconds. */
function ofDate(value: unknown): unknown {
  return typeof value === 'object' ? +(value as Date) : value
}

function formulaCall({ name, parameters }: Expression & { kind: 'call' }): Evaluator {
  const known = FORMULA_FUNCTIONS.get(name)!
  const run = known.call as (...values: unknown[]) => unknown
  const evaluators = parameters.map(evaluator)
  const takesMissing = known.takesMissing === true
  return (left, right) => {
    const values: unknown[] = []
    for (const evaluate of evaluators) {
      const value = evaluate(left, right) ?? null
      if (value === null && !takesMissing) return null
      values.push(value)
    }
    return run(...values)
  }
}

function plainCall({ name, parameters }: Expression & { kind: 'call' }): Evaluator {
  const run = globalFunction(name)
  const evaluators = parameters.map(evaluator)
  return (left, right) => run(...evaluators.map(evaluate => evaluate(left, right)))
}

/** A known function by the name that lambdas use: `Math.abs`, `Number`. */
function globalFunction(name: string): (...values: unknown[]) => unknown {
  if (!PURE_FUNCTIONS.has(name)) return () => undefined
  let value: unknown = globalThis
  for (const part of name.split('.')) value = (value as Readonly<Record<string, unknown>>)[part]
  return value as (...values: unknown[]) => unknown
}
