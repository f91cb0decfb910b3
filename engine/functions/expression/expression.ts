/**
 * Expressions as data: one small tree for formulas in text and for lambdas that are nothing but an
 * expression over their fields. Frozen; made by the functions below.
 *
 * Formulas and lambdas differ in what happens to missing values, so the operators say which rules
 * they follow. `javascript`: what JavaScript does (`null + 1` is 1). `missing`: a missing operand
 * makes the result missing (`null`); `and`, `or` and `not` know three values.
 */

/** Which rules an operator follows for missing values. */
export type Rules = 'javascript' | 'missing'

/** Constants that an expression can hold. */
export type Constant = number | string | boolean | null | undefined

/** An expression over the fields of one or two records. */
export type Expression =
  | { readonly kind: 'constant'; readonly value: Constant }
  | { readonly kind: 'field'; readonly input: number; readonly name: string }
  /** A member of a nested value; missing, instead of an error, when `optional` and there is none. */
  | {
      readonly kind: 'member'
      readonly object: Expression
      readonly name: string
      readonly optional: boolean
    }
  | {
      readonly kind: 'unary'
      readonly operator: UnaryOperator
      readonly operand: Expression
      readonly rules: Rules
    }
  | {
      readonly kind: 'binary'
      readonly operator: BinaryOperator
      readonly left: Expression
      readonly right: Expression
      readonly rules: Rules
    }
  | {
      readonly kind: 'conditional'
      readonly test: Expression
      readonly then: Expression
      readonly otherwise: Expression
      readonly rules: Rules
    }
  /** A known function: `Math.abs` in a lambda, `abs` in a formula. */
  | {
      readonly kind: 'call'
      readonly name: string
      readonly parameters: readonly Expression[]
      readonly rules: Rules
    }

/** Operators of one operand; `not` exists under the rules `missing` only, the rest as named. */
export type UnaryOperator = '-' | '+' | '!' | '~' | 'typeof' | 'not'

/** Operators of two operands; under the rules `missing` there are no bit or loose operators. */
export type BinaryOperator =
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'
  | '**'
  | '<'
  | '<='
  | '>'
  | '>='
  | '=='
  | '!='
  | '==='
  | '!=='
  | '&&'
  | '||'
  | '??'
  | '&'
  | '|'
  | '^'
  | '<<'
  | '>>'
  | '>>>'
  | 'and'
  | 'or'
  | 'xor'

/** A constant. */
export function constant(value: Constant): Expression {
  return Object.freeze({ kind: 'constant', value })
}

/** A field of a record. */
export function field(name: string, input = 0): Expression {
  return Object.freeze({ kind: 'field', input, name })
}

/** A member of a nested value. */
export function member(object: Expression, name: string, optional: boolean): Expression {
  return Object.freeze({ kind: 'member', object, name, optional })
}

/** An operator of one operand. */
export function unary(operator: UnaryOperator, operand: Expression, rules: Rules): Expression {
  return Object.freeze({ kind: 'unary', operator, operand, rules })
}

/** An operator of two operands. */
export function binary(
  operator: BinaryOperator,
  left: Expression,
  right: Expression,
  rules: Rules,
): Expression {
  return Object.freeze({ kind: 'binary', operator, left, right, rules })
}

/** `test ? then : otherwise`. */
export function conditional(
  test: Expression,
  then: Expression,
  otherwise: Expression,
  rules: Rules,
): Expression {
  return Object.freeze({ kind: 'conditional', test, then, otherwise, rules })
}

/** A call of a known function. */
export function call(name: string, parameters: readonly Expression[], rules: Rules): Expression {
  return Object.freeze({ kind: 'call', name, parameters: Object.freeze([...parameters]), rules })
}

/** The expressions directly below one. */
export function operands(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'constant':
    case 'field':
      return []
    case 'member':
      return [expression.object]
    case 'unary':
      return [expression.operand]
    case 'binary':
      return [expression.left, expression.right]
    case 'conditional':
      return [expression.test, expression.then, expression.otherwise]
    case 'call':
      return expression.parameters
  }
}

/** The same kind of expression over other operands, as many as `operands` gave. */
export function withOperands(expression: Expression, changed: readonly Expression[]): Expression {
  const [first, second, third] = changed as [Expression, Expression, Expression]
  switch (expression.kind) {
    case 'constant':
    case 'field':
      return expression
    case 'member':
      return member(first, expression.name, expression.optional)
    case 'unary':
      return unary(expression.operator, first, expression.rules)
    case 'binary':
      return binary(expression.operator, first, second, expression.rules)
    case 'conditional':
      return conditional(first, second, third, expression.rules)
    case 'call':
      return call(expression.name, changed, expression.rules)
  }
}

/** The fields that an expression reads, in order of appearance, each once. */
export function fieldsOf(expression: Expression): readonly { input: number; name: string }[] {
  const found = new Map<string, { input: number; name: string }>()
  const visit = (part: Expression): void => {
    if (part.kind === 'field') {
      const { input, name } = part
      found.set(`${input}.${name}`, { input, name })
    }
    for (const operand of operands(part)) visit(operand)
  }
  visit(expression)
  return [...found.values()]
}

/**
 * The expression with its fields replaced: what it is of the input's input, say.
 *
 * @param replacement The expression for a field; the field itself to keep it.
 * @returns `undefined` when there is no replacement for one of the fields.
 */
export function substitute(
  expression: Expression,
  replacement: (input: number, name: string) => Expression | undefined,
): Expression | undefined {
  if (expression.kind === 'field') return replacement(expression.input, expression.name)
  const changed: Expression[] = []
  for (const operand of operands(expression)) {
    const other = substitute(operand, replacement)
    if (other === undefined) return undefined
    changed.push(other)
  }
  return changed.length === 0 ? expression : withOperands(expression, changed)
}

/** The parts of `a and b and c` (`a && b` in lambdas): all must be true for the whole to be. */
export function conjuncts(expression: Expression): readonly Expression[] {
  return expression.kind === 'binary' &&
    (expression.operator === 'and' || expression.operator === '&&')
    ? [...conjuncts(expression.left), ...conjuncts(expression.right)]
    : [expression]
}

/**
 * An expression that is true when all of `parts` are, which are tried in order. The inverse of
 * `conjuncts`, as far as what is true goes; `&&` costs less than the three-valued `and`.
 */
export function conjunction(parts: readonly Expression[]): Expression {
  if (parts.length === 0) return constant(true)
  return parts.reduce((left, right) => binary('&&', left, right, 'javascript'))
}
