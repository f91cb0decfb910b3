import type { FieldReference } from '../facts.js'
import type { Binding } from './scope.js'

/** What local names stand for. */
export interface Locals {
  /** Names of whole records. */
  readonly records: ReadonlyMap<Binding, number>
  /** Names of `...rest` of a record. */
  readonly rests: ReadonlyMap<
    Binding,
    { readonly input: number; readonly except: readonly string[] }
  >
  /** Names that are plain copies of a field and never assigned. */
  readonly fields: ReadonlyMap<Binding, FieldReference>
  /** Records that the function may change; nothing is a copy of their fields. */
  readonly changed: ReadonlySet<number>
  /** The context, when it has a name. */
  readonly context: Binding | undefined
  /** Names that are members of the context and never assigned. */
  readonly contextMembers: ReadonlyMap<Binding, string>
}
