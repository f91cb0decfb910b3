/** What is known about a user's function before it runs. `analysis.ts` finds it out. */
import type { Expression } from './expression/expression.js'

/** A field of one of the records that a function gets. */
export interface FieldReference {
  /** Which record: 0, or 1 for the second of a pair. */
  readonly input: number
  readonly field: string
}

/** One item of a returned object or tuple, in the order of the source. */
export type OutputItem =
  | { readonly kind: 'field'; readonly name: string; readonly copyOf?: FieldReference }
  /** `...r`: all fields of a record but `except`. Later items override earlier ones. */
  | { readonly kind: 'spread'; readonly input: number; readonly except: readonly string[] }

/**
 * What a function returns, the same on every path. (For a flatMap it describes what the function
 * returns, not the records in it.)
 */
export interface OutputFacts {
  /** `value` only when the result is surely a number, string, boolean or missing. */
  readonly shape: 'object' | 'tuple' | 'value'
  readonly items: readonly OutputItem[]
  /** The function returns this record itself, so the shape is the shape of that input. */
  readonly wholeInput?: number
}

/** What reading a function's source told. What is not surely known is answered conservatively. */
export interface FunctionFacts {
  /**
   * Per record: the fields that are read, or `all` when the record is used whole. A record that is
   * spread (`{...r, x}`) counts as `all` here; `fieldsNeeded` knows better.
   */
  readonly reads: readonly (readonly string[] | 'all')[]
  /** Like `reads`, without what is only copied or spread into the result; see `fieldsNeeded`. */
  readonly computesFrom: readonly (readonly string[] | 'all')[]
  /** What it returns, when every return is understood and all have the same shape. */
  readonly output?: OutputFacts
  /** Free variables that are not well-known globals. */
  readonly captures: readonly string[]
  /** Members of the context that are read, or `all` when it is used whole. */
  readonly contextReads: readonly string[] | 'all'
  readonly async: boolean
  readonly generator: boolean
  /**
   * Nothing but expressions over fields, constants and pure builtins that cannot throw (values are
   * taken to be data: numbers, strings, booleans, dates, not objects with their own `valueOf`).
   * May be moved, repeated and left out.
   */
  readonly pure: boolean
  /**
   * No effects and the same result for the same record, but it may throw for some (`r.name.length`).
   * May be moved to where it sees the same records, or fewer.
   */
  readonly repeatable: boolean
  /** Per record: whether the function may change it (or passes it on to who might). */
  readonly mutates: readonly boolean[]
  /**
   * The result as data, for repeatable functions that are one expression. Does not throw where the
   * function may.
   */
  readonly expression?: Expression
  /** The fields of the result as data, for object and tuple literals of expressions without spreads. */
  readonly outputs?: readonly { readonly name: string; readonly expression: Expression }[]
  /** Why it is not (fully) understood: 'captures threshold', 'uses the whole record', 'native code'. */
  readonly reason?: string
}
