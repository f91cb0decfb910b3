/** Expressions as JavaScript source over single values. `evaluate.ts` is the plain twin. */

import type { FieldReference } from '../facts.js'
import type { Expression } from './expression.js'
import { FORMULA_FUNCTIONS } from './formula-functions.js'

/** What generated code knows of a value. */
export interface ValueSource {
  /** A name, a literal or something in parentheses; has no effects and may be repeated if a name. */
  readonly text: string
  readonly type?: 'number' | 'string' | 'boolean' | 'date' | 'any'
  /** Whether it may be `null` or `undefined`. Default true. */
  readonly nullable?: boolean
}

/** What the author of the surrounding code decides. */
export interface ExpressionContext {
  /** How a field is read. Knowing its type and that it is never missing makes better code. */
  readonly field: (reference: FieldReference) => ValueSource
  /** Declares a variable in the surrounding code, for values that are used twice; gives its name. */
  readonly temporary: () => string
}

/** JavaScript source for the value of an expression. */
export function expressionSource(expression: Expression, context: ExpressionContext): string {
  return new Generator(context).value(expression).text
}

/** JavaScript source that is `true` when the expression is, else `false`: for filters. */
export function testSource(expression: Expression, context: ExpressionContext): string {
  return new Generator(context).test(expression, true)
}

type Code = Required<ValueSource>

class Generator {
  readonly #context: ExpressionContext

  constructor(context: ExpressionContext) {
    this.#context = context
  }

  value(expression: Expression): Code {
    switch (expression.kind) {
      case 'constant':
        return constantCode(expression.value)
      case 'field': {
        const { name, input } = expression
        return { type: 'any', nullable: true, ...this.#context.field({ input, field: name }) }
      }
      case 'member': {
        const object = this.value(expression.object).text
        const key = quoted(expression.name)
        return any(expression.optional ? `${object}?.[${key}]` : `${object}[${key}]`)
      }
      case 'unary':
        return expression.rules === 'missing'
          ? this.#missingUnary(expression)
          : plain(`(${expression.operator} ${this.value(expression.operand).text})`)
      case 'binary':
        if (expression.rules === 'missing') return this.#missingBinary(expression)
        return this.#plainBinary(expression)
      case 'conditional':
        return this.#conditional(expression)
      case 'call':
        return this.#call(expression)
    }
  }

  /** Source that is true when the truth of the expression is `wanted`, else false. */
  test(expression: Expression, wanted: boolean): string {
    if (expression.kind === 'binary' && expression.rules === 'missing') {
      const { operator, left, right } = expression
      if (operator === 'and' || operator === 'or') {
        const join = (operator === 'and') === wanted ? '&&' : '||'
        return `(${this.test(left, wanted)} ${join} ${this.test(right, wanted)})`
      }
      if (COMPARISON.test(operator)) {
        const [checks, [x, y]] = this.#operands([left, right])
        const compared = compareSource(operator, x!, y!)
        const parts = [...checks.map(not), wanted ? compared : `!${compared}`]
        return parts.length === 1 ? parts[0]! : `(${parts.join(' && ')})`
      }
    }
    if (expression.kind === 'unary' && expression.operator === 'not')
      return this.test(expression.operand, !wanted)
    const code = this.value(expression)
    if (code.type === 'boolean' && !code.nullable) return wanted ? code.text : `!${code.text}`
    if (wanted) return code.type === 'boolean' ? `(${code.text} === true)` : `!!${code.text}`
    if (code.type === 'boolean') return `(${code.text} === false)`
    if (!code.nullable) return `!${code.text}`
    const [check, value] = this.#checked(code)
    return `(${not(check)} && !${value.text})`
  }

  #missingUnary({ operator, operand }: Expression & { kind: 'unary' }): Code {
    if (operator === 'not') {
      const code = this.value(operand)
      if (!code.nullable) return boolean(`(!${code.text})`, false)
      return this.#guarded([code], ([x]) => `(!${x!.text})`, 'boolean')
    }
    return this.#guarded([this.value(operand)], ([x]) => `(${operator} ${x!.text})`, 'number')
  }

  #plainBinary({ operator, left, right }: Expression & { kind: 'binary' }): Code {
    const x = this.value(left)
    const y = this.value(right)
    const text = `(${x.text} ${operator} ${y.text})`
    if (/^(&&|\|\||\?\?)$/.test(operator)) return any(text)
    if (COMPARISON.test(operator)) return boolean(text, false)
    return { text, type: operator === '+' ? 'any' : 'number', nullable: false }
  }

  #missingBinary({ operator, left, right }: Expression & { kind: 'binary' }): Code {
    const codes = [this.value(left), this.value(right)]
    if (operator === 'and' || operator === 'or') {
      const [x, y] = codes.map(code => this.#threeValued(code)) as [Code, Code]
      if (!x.nullable && !y.nullable)
        return boolean(`(${x.text} ${operator === 'and' ? '&&' : '||'} ${y.text})`, false)
      const [a, b] = [this.#context.temporary(), this.#context.temporary()]
      const decisive = String(operator === 'or')
      const other = String(operator === 'and')
      return boolean(
        `(${a} = ${x.text}, ${b} = ${y.text}, ${a} === ${decisive} || ${b} === ${decisive} ` +
          `? ${decisive} : ${a} === null || ${b} === null ? null : ${other})`,
        true,
      )
    }
    if (operator === 'xor')
      return this.#guarded(codes, ([x, y]) => `!${x!.text} !== !${y!.text}`, 'boolean')
    if (COMPARISON.test(operator))
      return this.#guarded(codes, ([x, y]) => compareSource(operator, x!, y!), 'boolean')
    if (operator === '+') {
      const numbers = codes.every(({ type }) => type === 'number' || type === 'date')
      return this.#guarded(
        codes,
        ([x, y]) => `${ofDate(x!)} + ${ofDate(y!)}`,
        numbers ? 'number' : 'any',
      )
    }
    return this.#guarded(codes, ([x, y]) => `${x!.text} ${operator} ${y!.text}`, 'number')
  }

  #conditional({ test, then, otherwise, rules }: Expression & { kind: 'conditional' }): Code {
    const chosen = this.value(test)
    const a = this.value(then)
    const b = this.value(otherwise)
    const type = a.type === b.type ? a.type : 'any'
    if (rules === 'javascript' || !chosen.nullable)
      return {
        text: `(${chosen.text} ? ${a.text} : ${b.text})`,
        type,
        nullable: a.nullable || b.nullable,
      }
    const code = this.#guarded([chosen], ([x]) => `${x!.text} ? ${a.text} : ${b.text}`, type)
    return { ...code, nullable: true }
  }

  #call({ name, parameters, rules }: Expression & { kind: 'call' }): Code {
    const codes = parameters.map(parameter => this.value(parameter))
    if (rules === 'javascript') return plain(`${name}(${codes.map(({ text }) => text).join(', ')})`)
    const known = FORMULA_FUNCTIONS.get(name)!
    const source = (values: readonly Code[]) => known.source(...values.map(({ text }) => text))
    if (known.takesMissing)
      return { text: source(codes), type: known.type, nullable: known.type === 'any' }
    // The source of a function may use an argument more than once.
    return this.#guarded(codes, source, known.type, true)
  }

  /** `make` over values that are there; missing when one of them is. */
  #guarded(
    codes: readonly Code[],
    make: (values: readonly Code[]) => string,
    type: Code['type'],
    repeated = false,
  ): Code {
    const [checks, values, before] = this.#prepare(codes, repeated)
    const made = make(values)
    if (checks.length === 0) return { text: `(${before}${made})`, type, nullable: false }
    return { text: `(${before}${checks.join(' || ')} ? null : (${made}))`, type, nullable: true }
  }

  #operands(expressions: readonly Expression[]): readonly [readonly string[], readonly Code[]] {
    const [checks, values] = this.#prepare(
      expressions.map(expression => this.value(expression)),
      false,
    )
    return [checks, values]
  }

  #prepare(
    codes: readonly Code[],
    repeated: boolean,
  ): readonly [checks: readonly string[], values: readonly Code[], before: string] {
    const checks: string[] = []
    let before = ''
    const values = codes.map(code => {
      if (code.nullable) {
        const [check, value] = this.#checked(code)
        checks.push(check)
        return value
      }
      if (!repeated || isName(code.text) || /^[\d.]+$/.test(code.text)) return code
      const name = this.#context.temporary()
      before += `${name} = ${code.text}, `
      return { ...code, text: name }
    })
    return [checks, values, before]
  }

  /** A value as `true`, `false` or `null`. */
  #threeValued(code: Code): Code {
    if (code.type === 'boolean' && !code.nullable) return code
    if (!code.nullable) return boolean(`!!${code.text}`, false)
    if (code.type === 'boolean') return boolean(`(${code.text} ?? null)`, true)
    return this.#guarded([code], ([x]) => `!!${x!.text}`, 'boolean')
  }

  /** A test for missing values, and the value after the test. */
  #checked(code: Code): readonly [check: string, value: Code] {
    if (isName(code.text)) return [`${code.text} == null`, { ...code, nullable: false }]
    const name = this.#context.temporary()
    return [`(${name} = ${code.text}) == null`, { ...code, text: name, nullable: false }]
  }
}

const COMPARISON = /^([<>]=?|[=!]==?)$/

function compareSource(operator: string, x: Code, y: Code): string {
  // Dates are objects, which are equal only to themselves.
  if (/^[=!]/.test(operator)) return `(${ofDate(x)} ${operator} ${ofDate(y)})`
  return `(${x.text} ${operator} ${y.text})`
}

/** Formulas count dates as milliseconds. `typeof` is free for V8 where it knows numbers. */
function ofDate({ text, type }: Code): string {
  if (type === 'date') return `+${text}`
  return type === 'any' ? `(typeof ${text} === 'object' ? +${text} : ${text})` : text
}

function constantCode(value: unknown): Code {
  if (value === null || value === undefined)
    return { text: String(value), type: 'any', nullable: true }
  if (typeof value === 'string') return { text: quoted(value), type: 'string', nullable: false }
  if (typeof value === 'boolean') return boolean(String(value), false)
  const text = Object.is(value, -0) ? '-0' : String(value)
  return { text: /^[\d.]+$/.test(text) ? text : `(${text})`, type: 'number', nullable: false }
}

function quoted(value: string): string {
  return JSON.stringify(value).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')
}

function plain(text: string): Code {
  return { text, type: 'any', nullable: false }
}

function any(text: string): Code {
  return { text, type: 'any', nullable: true }
}

function boolean(text: string, nullable: boolean): Code {
  return { text, type: 'boolean', nullable }
}

function not(check: string): string {
  return check.replace(/ == null$/, ' != null')
}

function isName(text: string): boolean {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(text)
}
