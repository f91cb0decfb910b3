/** Types that know which fields an estimator reads and which ones its model adds. */
import type { FieldOf, FieldValue, Flat } from '../../engine/index.js'

/** Where models and estimators tell the compiler their fields; there is nothing at run time. */
export declare const TYPES: unique symbol

/** A record with further fields. */
export type Added<T, A> = Flat<Omit<T, keyof A> & A>

/**
 * What is wrong with records `T` for someone who needs the fields of `N`: an object type of the fields
 * that are not there or cannot have such values, so that the compiler names them. Fields that may be
 * missing, or whose names the compiler does not know, are looked at when data are read.
 */
export type Lacks<T, N> = {
  readonly [P in keyof N & string as string extends P
    ? never
    : P extends FieldOf<T>
      ? unknown extends FieldValue<T, P>
        ? never
        : Extract<FieldValue<T, P>, N[P]> extends never
          ? P
          : never
      : P]: N[P]
}

/**
 * The fields of `N`. Methods that take records with them have a form for such records, and one with
 * `Lacks` for all others: alone it is too much for the compiler where `derive` makes the data in place.
 */
export type Has<N> = { readonly [P in keyof N]: N[P] }
