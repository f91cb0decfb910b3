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
