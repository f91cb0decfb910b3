/**
 * Whether two types are the same, not merely assignable to each other: tells `any` from `unknown`,
 * optional from `| undefined`, and readonly from writable.
 */
export type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false

/**
 * States the type of an expression. Compiles only when it is exactly that; does nothing when run.
 *
 * @example expectType<number>().of(1 + 1)
 */
export function expectType<Expected>() {
  return {
    of<Actual>(
      _value: Actual,
      ..._same: Same<Expected, Actual> extends true ? [] : [difference: [Expected, Actual]]
    ): void {},
  }
}
