/** Views of one array, each behind the other, seen as one: what was cut is put together, not copied. */

/** The arrays of columns of fixed width. */
export type FixedArray = Uint8Array | Int32Array | Float64Array

/** How they are made. */
export interface FixedArrayType<A extends FixedArray> {
  new (length: number): A
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): A
}

/** All of `views` as one view of their array; `undefined` where they are not neighbours of one. */
export function adjoiningView<A extends FixedArray>(
  views: readonly unknown[],
  type: FixedArrayType<A>,
): A | undefined {
  const [first] = views
  if (!(first instanceof type)) return undefined
  let end = first.byteOffset
  let length = 0
  for (const view of views) {
    if (!(view instanceof type) || view.buffer !== first.buffer || view.byteOffset !== end) {
      return undefined
    }
    end += view.byteLength
    length += view.length
  }
  return new type(first.buffer, first.byteOffset, length)
}
