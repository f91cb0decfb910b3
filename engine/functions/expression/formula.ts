/**
 * Formulas: expressions as text, such as `delay > 15 and distance < 500`, read by mathjs's parser
 * with its precedence. What the parser knows beyond expressions over fields is refused by name.
 */
import { ArgumentError } from '../../errors.js'
import { nearestFirst } from '../../types/nearest.js'
import {
  type BinaryOperator,
  binary,
  call,
  conditional,
  constant,
  type Expression,
  field,
  member,
  unary,
} from './expression.js'
import { FORMULA_FUNCTIONS } from './formula-functions.js'

let parse: ((text: string) => unknown) | undefined
const kept = new Map<string, Expression>()
/** Formulas whose expressions are kept; more than that only in programs that make them up. */
const KEPT = 10_000

/** Loads the parser, once; formulas can be parsed when the promise is done. About 0.1 s. */
export async function loadFormulaParser(): Promise<void> {
  if (parse !== undefined) return
  const { default: math } = await import('mathjs/lib/browser/math.js')
  parse = text => math.parse(text)
}

/**
 * The expression of a formula. Needs `loadFormulaParser` before.
 *
 * Fields of one record stand under their names, those of a pair as `left.name` and `right.name`;
 * `field("any name")` reads fields whose names are not words. Operators: `+ - * / ^ %`, comparisons
 * (also chained: `0 < x < 10`), `and or xor not`, `a ? b : c`. `%` and `mod` have the sign of the
 * divisor. Operations on a missing value are missing, and so is `a ? b : c` for a missing `a`; but
 * `and` is false if one side is, `or` true if one side is. Dates count as milliseconds.
 *
 * @param operation Where the formula stands, for errors.
 * @throws {ArgumentError} If the text cannot be read, or says what a formula cannot.
 */
export function parseFormula(text: string, records: 1 | 2, operation: string): Expression {
  const key = `${records}${text}`
  let expression = kept.get(key)
  if (expression === undefined) {
    expression = new FormulaReader(text, records, operation).read()
    if (kept.size >= KEPT) kept.clear()
    kept.set(key, expression)
  }
  return expression
}

/** The nodes of mathjs's parser, as far as they are understood. */
type FormulaNode =
  | { readonly type: 'ConstantNode'; readonly value: unknown }
  | { readonly type: 'SymbolNode'; readonly name: string }
  | { readonly type: 'ParenthesisNode'; readonly content: FormulaNode }
  | {
      readonly type: 'OperatorNode'
      readonly op: string
      readonly fn: string
      readonly args: readonly FormulaNode[]
      readonly implicit: boolean
    }
  | {
      readonly type: 'ConditionalNode'
      readonly condition: FormulaNode
      readonly trueExpr: FormulaNode
      readonly falseExpr: FormulaNode
    }
  | {
      readonly type: 'RelationalNode'
      readonly conditionals: readonly string[]
      readonly params: readonly FormulaNode[]
    }
  | {
      readonly type: 'FunctionNode'
      readonly fn: FormulaNode
      readonly args: readonly FormulaNode[]
    }
  | {
      readonly type: 'AccessorNode'
      readonly object: FormulaNode
      readonly index: { readonly dimensions: readonly FormulaNode[] }
    }
  | { readonly type: 'Refused' }

/** What is refused, by the parser's name of it. */
const REFUSED: Readonly<Record<string, string>> = {
  ArrayNode: 'a matrix',
  AssignmentNode: 'an assignment. To compare, write ==',
  BlockNode: 'several expressions',
  FunctionAssignmentNode: 'the definition of a function',
  IndexNode: 'an index',
  ObjectNode: 'an object',
  RangeNode: 'a range',
}

const BINARY: Readonly<Record<string, BinaryOperator>> = {
  add: '+',
  subtract: '-',
  multiply: '*',
  divide: '/',
  pow: '**',
  smaller: '<',
  smallerEq: '<=',
  larger: '>',
  largerEq: '>=',
  equal: '===',
  unequal: '!==',
  and: 'and',
  or: 'or',
  xor: 'xor',
}

const COMPARISONS = new Set(['smaller', 'smallerEq', 'larger', 'largerEq', 'equal', 'unequal'])

class FormulaReader {
  readonly #text: string
  readonly #records: 1 | 2
  readonly #operation: string

  constructor(text: string, records: 1 | 2, operation: string) {
    this.#text = text
    this.#records = records
    this.#operation = operation
  }

  read(): Expression {
    if (parse === undefined) throw this.#error('cannot be read before loadFormulaParser is done.')
    if (this.#text.trim() === '') throw this.#error('is empty. Write an expression over fields.')
    let node: FormulaNode
    try {
      node = parse(this.#text) as FormulaNode
    } catch (error) {
      throw this.#syntaxError(error as Error & { readonly char?: number })
    }
    return this.#expression(node)
  }

  #expression(node: FormulaNode): Expression {
    switch (node.type) {
      case 'ConstantNode':
        return this.#constant(node.value)
      case 'SymbolNode':
        return this.#field(node.name)
      case 'ParenthesisNode':
        return this.#expression(node.content)
      case 'OperatorNode':
        return this.#operator(node)
      case 'ConditionalNode':
        return conditional(
          this.#expression(node.condition),
          this.#expression(node.trueExpr),
          this.#expression(node.falseExpr),
          'missing',
        )
      case 'RelationalNode': {
        const values = node.params.map(value => this.#comparable(value))
        return node.conditionals
          .map((name, k) => binary(BINARY[name]!, values[k]!, values[k + 1]!, 'missing'))
          .reduce((left, right) => binary('and', left, right, 'missing'))
      }
      case 'FunctionNode':
        return this.#call(node)
      case 'AccessorNode':
        return this.#accessor(node)
      default: {
        const { type } = node as { readonly type: string }
        throw this.#error(`must be one expression over fields; it has ${REFUSED[type] ?? type}.`)
      }
    }
  }

  #constant(value: unknown): Expression {
    if (value === undefined) return constant(null)
    if (value === null || /^(number|string|boolean)$/.test(typeof value))
      return constant(value as number | string | boolean | null)
    throw this.#error(`has a constant that is not supported: ${String(value)}.`)
  }

  #field(name: string): Expression {
    if (name === 'NaN' || name === 'Infinity') return constant(Number(name))
    if (this.#records === 2)
      throw this.#error(
        `reads "${name}", but of which record? Write left.${name} or right.${name}.`,
      )
    return field(name)
  }

  #operator(node: FormulaNode & { readonly type: 'OperatorNode' }): Expression {
    const { fn, op, args } = node
    if (node.implicit)
      throw this.#error('has two values without an operator between them. To multiply, write *.')
    const read = COMPARISONS.has(fn)
      ? args.map(value => this.#comparable(value))
      : args.map(value => this.#expression(value))
    const [left, right] = read as [Expression, Expression]
    if (fn === 'unaryMinus')
      return left.kind === 'constant' && typeof left.value === 'number'
        ? constant(-left.value)
        : unary('-', left, 'missing')
    if (fn === 'unaryPlus') return unary('+', left, 'missing')
    if (fn === 'not') return unary('not', left, 'missing')
    if (fn === 'mod') return call('mod', [left, right], 'missing')
    const operator = BINARY[fn]
    if (operator !== undefined) return binary(operator, left, right, 'missing')
    const hint = HINTS[op]
    throw this.#error(
      `has the operator "${op}", which formulas do not know. ` +
        (hint ?? 'They know + - * / ^ %, == != < <= > >=, and or xor not, and a ? b : c.'),
    )
  }

  /** `not a > b` would compare `not a`, which nobody means. */
  #comparable(node: FormulaNode): Expression {
    if (node.type === 'OperatorNode' && node.fn === 'not')
      throw this.#error('compares the result of "not". Write not (a > b).')
    return this.#expression(node)
  }

  #call({ fn, args }: FormulaNode & { readonly type: 'FunctionNode' }): Expression {
    if (fn.type !== 'SymbolNode') throw this.#error('calls a method. Write function(value).')
    const { name } = fn
    if (name === 'field') return this.#namedField(args)
    const known = FORMULA_FUNCTIONS.get(name)
    if (known === undefined) {
      const names = nearestFirst(name, [...FORMULA_FUNCTIONS.keys(), 'field'])
      throw this.#error(`calls "${name}", which is not known; known are ${names.join(', ')}.`)
    }
    const [least, most] = known.arity
    if (args.length < least || args.length > most) {
      const count =
        least === most ? least : most >= 100 ? `${least} or more` : `${least} to ${most}`
      throw this.#error(`calls ${name} with ${args.length} arguments; it takes ${count}.`)
    }
    return call(
      name,
      args.map(value => this.#expression(value)),
      'missing',
    )
  }

  #namedField(args: readonly FormulaNode[]): Expression {
    const [name] = args
    if (args.length !== 1 || name?.type !== 'ConstantNode')
      throw this.#error('calls field, which takes one name in quotes.')
    return this.#field(String(name.value))
  }

  #accessor({ object, index }: FormulaNode & { readonly type: 'AccessorNode' }): Expression {
    const [key] = index.dimensions
    if (index.dimensions.length !== 1 || key?.type !== 'ConstantNode')
      throw this.#error('has an index, which formulas do not know. Write a.b or a["b"].')
    if (typeof key.value !== 'string')
      throw this.#error('has an index, which formulas do not know. Write a.b or a["b"].')
    if (this.#records === 2 && object.type === 'SymbolNode') {
      if (object.name === 'left') return field(key.value, 0)
      if (object.name === 'right') return field(key.value, 1)
    }
    return member(this.#expression(object), key.value, true)
  }

  #syntaxError({ message, char }: Error & { readonly char?: number }): ArgumentError {
    const reason = message.replace(/\s*\(char \d+\)/, '')
    const place = char === undefined ? '' : ` at column ${char}`
    const near = char === undefined ? '' : this.#text.slice(Math.max(0, char - 2), char + 1)
    const hint = Object.keys(HINTS).find(operator => near.includes(operator))
    return this.#error(
      `cannot be read${place}: ${reason}.${hint === undefined ? '' : ` ${HINTS[hint]}`}`,
    )
  }

  #error(problem: string): ArgumentError {
    return new ArgumentError(`${this.#operation}: the formula "${this.#text}" ${problem}`)
  }
}

const HINTS: Readonly<Record<string, string>> = {
  '&&': 'Write and.',
  '||': 'Write or.',
  '===': 'Write ==.',
  '!==': 'Write !=.',
  '&': 'Write and.',
  '|': 'Write or.',
  '!': 'Write not.',
  '**': 'Write ^.',
}
