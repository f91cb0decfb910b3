import { InputOutputError } from '../../errors.js'

const utf8 = new TextDecoder()
const latin1 = new TextDecoder('latin1')

/**
 * Strings that are stored one after the other, each behind its length in four bytes.
 *
 * The page is decoded once, a character per byte, and strings of ASCII alone are cut out of it;
 * that is several times faster than a decoder's call per string. Others are decoded as UTF-8.
 *
 * @throws {InputOutputError} If the page ends too early.
 */
export function readStrings(page: Uint8Array, start: number, count: number): string[] {
  const strings = new Array<string>(count)
  const characters = latin1.decode(page.subarray(start))
  let offset = start
  for (let k = 0; k < count; k++) {
    const length =
      page[offset]! |
      (page[offset + 1]! << 8) |
      (page[offset + 2]! << 16) |
      (page[offset + 3]! << 24)
    offset += 4
    const end = offset + length
    if (offset > page.length || length < 0 || end > page.length) {
      throw new InputOutputError('a page ends in the middle of a string')
    }
    let ascii = true
    for (let at = offset; at < end; at++) {
      if (page[at]! > 127) {
        ascii = false
        break
      }
    }
    strings[k] = ascii
      ? characters.slice(offset - start, end - start)
      : utf8.decode(page.subarray(offset, end))
    offset = end
  }
  return strings
}
