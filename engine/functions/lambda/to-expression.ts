/** From a lambda's syntax to an expression as data, where the lambda is nothing else. */
import type { AnyNode, Statement, Expression as Syntax } from 'acorn'
import {
  type BinaryOperator,
  binary,
  call,
  conditional,
  constant,
  type Expression,
  field,
  member,
  type UnaryOperator,
  unary,
} from '../expression/expression.js'
import { CONSTANTS, PURE_FUNCTIONS } from '../globals.js'
import type { ReadLambda } from './read-lambda.js'
import { constantInit, isGlobal } from './read-returns.js'
import { calleeName } from './record-use.js'
import { keyName, memberName } from './syntax.js'

/** A lambda's result as data. */
export interface ResultAsData {
  readonly expression?: Expression
  readonly outputs?: readonly { readonly name: string; readonly expression: Expression }[]
}

const BINARY = new Set(
  '+ - * / % ** < <= > >= == != === !== & | ^ << >> >>>'.split(' '),
) as ReadonlySet<string>
const UNARY = new Set(['-', '+', '!', '~', 'typeof'])

/** Larger ones are better left to JavaScript: locals that are used twice are written out twice. */
const LARGEST = 500

/**
 * What a lambda returns, as data. Also of block bodies that only name values and choose between
 * results with `if`.
 *
 * @param handed Handed-over values; numbers, strings and booleans among them become constants.
 */
export function resultAsData(
  read: ReadLambda,
  handed: Readonly<Record<string, unknown>>,
): ResultAsData {
  const { lambda, syntax } = read
  if (lambda.async || lambda.generator || lambda.captures.length > 0) return {}
  if (lambda.uses.some(use => use.kind === 'whole' && use.mutates)) return {}
  const converter = new Converter(read, handed)
  const { body } = syntax
  const literal = body.type === 'BlockStatement' ? onlyReturn(body.body) : body
  if (literal?.type === 'ObjectExpression' || literal?.type === 'ArrayExpression') {
    const outputs = converter.outputs(literal)
    return outputs === undefined ? {} : { outputs }
  }
  const expression =
    body.type === 'BlockStatement' ? converter.block(body.body) : converter.convert(body)
  return expression === undefined ? {} : { expression }
}

/** What is returned by a body of declarations and one `return`. */
function onlyReturn(statements: readonly Statement[]): Syntax | undefined {
  const last = statements.at(-1)
  const plain = statements.slice(0, -1).every(isPlain)
  return plain && last?.type === 'ReturnStatement' ? (last.argument ?? undefined) : undefined
}

function isPlain(statement: Statement): boolean {
  if (statement.type === 'EmptyStatement') return true
  if (statement.type === 'ExpressionStatement') return statement.directive !== undefined
  return statement.type === 'VariableDeclaration' && statement.kind !== 'var'
}

class Converter {
  readonly #read: ReadLambda
  readonly #handed: Readonly<Record<string, unknown>>
  #size = 0

  constructor(read: ReadLambda, handed: Readonly<Record<string, unknown>>) {
    this.#read = read
    this.#handed = handed
  }

  outputs(literal: Syntax): ResultAsData['outputs'] {
    const outputs: { name: string; expression: Expression }[] = []
    const add = (name: string | undefined, value: Syntax) => {
      const expression = this.convert(value)
      if (name === undefined || name === '__proto__' || expression === undefined) return false
      if (outputs.some(output => output.name === name)) return false
      outputs.push({ name, expression })
      return true
    }
    if (literal.type === 'ArrayExpression')
      for (const [index, element] of literal.elements.entries()) {
        if (element === null || element.type === 'SpreadElement') return undefined
        if (!add(String(index), element)) return undefined
      }
    else if (literal.type === 'ObjectExpression')
      for (const property of literal.properties) {
        if (property.type !== 'Property' || property.kind !== 'init' || property.method)
          return undefined
        if (!add(keyName(property), property.value)) return undefined
      }
    return outputs
  }

  /** Declarations, `if`s that return, and a `return`. */
  block(statements: readonly Statement[]): Expression | undefined {
    for (const [index, statement] of statements.entries()) {
      if (isPlain(statement)) continue
      if (statement.type === 'ReturnStatement')
        return statement.argument ? this.convert(statement.argument) : undefined
      if (statement.type !== 'IfStatement') return undefined
      const test = this.convert(statement.test)
      const then = this.block(blockOf(statement.consequent))
      const rest = statements.slice(index + 1)
      const otherwise = this.block(
        statement.alternate ? [...blockOf(statement.alternate), ...rest] : rest,
      )
      if (test === undefined || then === undefined || otherwise === undefined) return undefined
      return conditional(test, then, otherwise, 'javascript')
    }
    return undefined
  }

  convert(node: AnyNode): Expression | undefined {
    if (++this.#size > LARGEST) return undefined
    switch (node.type) {
      case 'Literal':
        if (node.value === null) return node.raw === 'null' ? constant(null) : undefined
        return isConstant(node.value) ? constant(node.value) : undefined
      case 'Identifier':
        return this.#name(node)
      case 'MemberExpression':
        return this.#member(node)
      case 'ChainExpression':
        // The whole chain ends at `?.`; only for the shortest one is that plain.
        return isShort(node.expression) ? this.convert(node.expression) : undefined
      case 'UnaryExpression': {
        if (!UNARY.has(node.operator)) return undefined
        const operand = this.convert(node.argument)
        return operand && unary(node.operator as UnaryOperator, operand, 'javascript')
      }
      case 'BinaryExpression': {
        if (!BINARY.has(node.operator)) return undefined
        return this.#binary(node.operator as BinaryOperator, node.left, node.right)
      }
      case 'LogicalExpression':
        return this.#binary(node.operator, node.left, node.right)
      case 'ConditionalExpression': {
        const test = this.convert(node.test)
        const then = this.convert(node.consequent)
        const otherwise = this.convert(node.alternate)
        return test && then && otherwise && conditional(test, then, otherwise, 'javascript')
      }
      case 'TemplateLiteral': {
        const parameters: Expression[] = []
        for (const [index, { value }] of node.quasis.entries()) {
          parameters.push(constant(value.cooked ?? ''))
          const inner = node.expressions[index]
          if (inner === undefined) continue
          const expression = this.convert(inner)
          if (expression === undefined) return undefined
          parameters.push(call('String', [expression], 'javascript'))
        }
        return parameters
          .filter(part => part.kind !== 'constant' || part.value !== '')
          .reduce((left, right) => binary('+', left, right, 'javascript'), constant(''))
      }
      case 'CallExpression': {
        const name = calleeName(node.callee)
        if (node.optional || !PURE_FUNCTIONS.has(name)) return undefined
        if (!isGlobal(node.callee, this.#read.names)) return undefined
        const parameters: Expression[] = []
        for (const value of node.arguments) {
          const parameter = value.type === 'SpreadElement' ? undefined : this.convert(value)
          if (parameter === undefined) return undefined
          parameters.push(parameter)
        }
        return call(name, parameters, 'javascript')
      }
      default:
        return undefined
    }
  }

  #binary(operator: BinaryOperator, left: AnyNode, right: AnyNode): Expression | undefined {
    const first = this.convert(left)
    const second = first && this.convert(right)
    return second && binary(operator, first, second, 'javascript')
  }

  #name(node: AnyNode & { type: 'Identifier' }): Expression | undefined {
    const { names, locals } = this.#read
    const binding = names.bindings.get(node)
    if (binding === undefined)
      return CONSTANTS.has(node.name) ? constant(CONSTANTS.get(node.name)) : undefined
    const copied = locals.fields.get(binding)
    if (copied !== undefined) return field(copied.field, copied.input)
    const handed = locals.contextMembers.get(binding)
    if (handed !== undefined) return this.#handedValue(handed)
    const init = constantInit(binding)
    // Before its declaration a name is an error, which an expression does not know.
    return init !== undefined && node.start > init.end ? this.convert(init) : undefined
  }

  #member(node: AnyNode & { type: 'MemberExpression' }): Expression | undefined {
    const { names, locals } = this.#read
    const name = memberName(node)
    if (name === undefined) return undefined
    const binding = names.bindings.get(node.object)
    const input = binding && locals.records.get(binding)
    if (input !== undefined) return this.#isField(node) ? field(name, input) : undefined
    if (binding !== undefined && binding === locals.context) return this.#handedValue(name)
    const global = calleeName(node)
    if (isGlobal(node, names))
      return CONSTANTS.has(global) ? constant(CONSTANTS.get(global)) : undefined
    const object = this.convert(node.object)
    return object && member(object, name, node.optional)
  }

  #isField({ start, end }: AnyNode): boolean {
    return this.#read.lambda.uses.some(
      use => use.kind === 'field' && use.start === start && use.end === end,
    )
  }

  #handedValue(name: string): Expression | undefined {
    const value = Object.hasOwn(this.#handed, name) ? this.#handed[name] : this
    return isConstant(value) ? constant(value) : undefined
  }
}

function blockOf(statement: Statement): readonly Statement[] {
  return statement.type === 'BlockStatement' ? statement.body : [statement]
}

/** `a?.b` with nothing behind it. */
function isShort(node: AnyNode): boolean {
  return (
    node.type === 'MemberExpression' &&
    node.optional &&
    !/CallExpression/.test(node.object.type) &&
    !hasOptional(node.object)
  )
}

function hasOptional(node: AnyNode): boolean {
  return node.type === 'MemberExpression' && (node.optional || hasOptional(node.object))
}

function isConstant(value: unknown): value is number | string | boolean | null | undefined {
  return value === null || value === undefined || /^(number|string|boolean)$/.test(typeof value)
}
