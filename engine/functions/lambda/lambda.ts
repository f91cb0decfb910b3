/**
 * A lambda as its source says it is: parameters, uses of the records, results. Positions (`start`,
 * `end`) are offsets into `source`.
 */
import type { FieldReference, OutputItem } from '../facts.js'

/** A piece of a lambda's source. */
export interface Range {
  readonly start: number
  readonly end: number
}

/** How a record arrives: under a name, or taken apart by a pattern. */
export type RecordParameter =
  | { readonly kind: 'name'; readonly name: string }
  /** `{ a, b: c = 1 }` or `[a, b]`; what each local pattern is bound to. */
  | {
      readonly kind: 'object' | 'tuple'
      readonly bindings: readonly {
        readonly field: string
        /** The local name, or a nested pattern. */
        readonly pattern: Range
        /** Taken when the field is `undefined` (not when it is `null`). */
        readonly fallback?: Range
      }[]
      /** The name of `...rest`, which has all fields but those of `bindings`. */
      readonly rest?: string
    }
  /** The function does not declare this parameter. */
  | { readonly kind: 'absent' }

/** One place where a record is used. */
export type RecordUse = Range & { readonly input: number } & (
    | {
        /** `r.a`, `r['a']`, `r?.a`; the range is the whole member expression. */
        readonly kind: 'field'
        readonly field: string
        readonly optional: boolean
        /** Part of a longer chain (`r?.a.b`), which `?.` leaves as a whole. */
        readonly chained: boolean
      }
    /** `const { a, b = 1 } = r`: the range is `r`; may be replaced by an object of these fields. */
    | {
        readonly kind: 'destructure'
        readonly shape: 'object' | 'tuple'
        readonly fields: readonly string[]
      }
    /**
     * `r ? x : y`, `!r`, `r === null`: only whether there is a record matters. The range is `r`;
     * may be replaced by `true` when there is one, and by `null` when there is none.
     */
    | { readonly kind: 'presence' }
    /** `{ ...r }` in a result; part of the items of that result. */
    | { readonly kind: 'spread' }
    /** The record is the result. */
    | { readonly kind: 'result' }
    /** Anything else: the record must exist as a whole. */
    | { readonly kind: 'whole'; readonly why: string; readonly mutates: boolean }
  )

/** One item of a result literal with the range of its value. */
export type ResultItem = OutputItem & { readonly value: Range }

/** What one path returns. */
export type Result = Range &
  (
    | { readonly kind: 'object' | 'tuple'; readonly items: readonly ResultItem[] }
    /** The input record itself. */
    | { readonly kind: 'record'; readonly input: number }
    /** Any expression. `scalar`: surely a number, string, boolean or missing. */
    | { readonly kind: 'value'; readonly scalar: boolean; readonly copyOf?: FieldReference }
    /** `test ? then : otherwise` of which at least one is a literal or a record. */
    | {
        readonly kind: 'conditional'
        readonly test: Range
        readonly then: Result
        readonly otherwise: Result
      }
    /** `return` without a value, or the end of the body. */
    | { readonly kind: 'nothing' }
  )

/** One `return` (the range is the statement), or the body of an arrow function. */
export interface Return extends Range {
  readonly result: Result
}

/** A function that was read. Whether it can be rewritten is for `rewrite.ts` to say. */
export interface Lambda {
  readonly source: string
  readonly records: 1 | 2
  readonly async: boolean
  readonly generator: boolean
  /** One per record. */
  readonly parameters: readonly RecordParameter[]
  /** The source of the context parameter (a name or a pattern). */
  readonly context?: Range
  readonly contextReads: readonly string[] | 'all'
  readonly body: Range & { readonly kind: 'expression' | 'block' }
  readonly uses: readonly RecordUse[]
  readonly returns: readonly Return[]
  /** Free variables that are not well-known globals, and what belongs to the call: `this`, ... */
  readonly captures: readonly string[]
  /** All names of variables and labels in the source; others are fresh. */
  readonly names: ReadonlySet<string>
}
