/** Many short strings out of one array of UTF-8 bytes. */

const utf8 = new TextDecoder()
const latin1 = new TextDecoder('latin1')

/**
 * The strings between consecutive `offsets` into `bytes`.
 *
 * The bytes are decoded once, a character per byte, and strings of ASCII alone are cut out of that;
 * it is several times faster than a decoder's call per string. Others are decoded as UTF-8.
 *
 * @param offsets One more than there are strings, non-decreasing.
 */
export function cutStrings(bytes: Uint8Array, offsets: Int32Array): string[] {
  const count = offsets.length - 1
  const strings = new Array<string>(Math.max(count, 0))
  const first = count > 0 ? offsets[0]! : 0
  const characters = count > 0 ? latin1.decode(bytes.subarray(first, offsets[count])) : ''
  for (let k = 0; k < count; k++) {
    const start = offsets[k]!
    const end = offsets[k + 1]!
    let ascii = true
    for (let at = start; at < end; at++) {
      if (bytes[at]! > 127) {
        ascii = false
        break
      }
    }
    strings[k] = ascii
      ? characters.slice(start - first, end - first)
      : utf8.decode(bytes.subarray(start, end))
  }
  return strings
}

/** The strings as UTF-8 bytes, one after the other, with the offsets between them. */
export function joinStrings(
  count: number,
  get: (row: number) => string,
): { bytes: Uint8Array; offsets: Int32Array } {
  const encoder = new TextEncoder()
  const offsets = new Int32Array(count + 1)
  let bytes = new Uint8Array(Math.max(64, count * 12))
  let end = 0
  for (let row = 0; row < count; row++) {
    const text = get(row)
    // A UTF-16 unit needs at most three bytes.
    if (end + text.length * 3 > bytes.length) {
      const larger = new Uint8Array(Math.max(bytes.length * 2, end + text.length * 3))
      larger.set(bytes.subarray(0, end))
      bytes = larger
    }
    end += encoder.encodeInto(text, bytes.subarray(end)).written
    offsets[row + 1] = end
  }
  return { bytes: bytes.subarray(0, end), offsets }
}
