/** Decodes Parquet's hybrid of run-length and bit-packed numbers straight into typed arrays. */
import { InputOutputError } from '../../errors.js'

/**
 * Decodes `count` numbers of `width` bits into `target`, from `position` on.
 *
 * @param bytes Encoded runs from `start` up to `end`.
 * @throws {InputOutputError} If the runs end too early.
 *
 * Source: "Run Length Encoding / Bit-Packing Hybrid (RLE = 3)" of the Parquet format's Encodings.md.
 */
export function decodeHybrid(
  bytes: Uint8Array,
  start: number,
  end: number,
  width: number,
  target: Int32Array | Uint8Array,
  position: number,
  count: number,
): void {
  if (width > 32) throw new InputOutputError(`numbers of ${width} bits in a run`)
  const stop = position + count
  const valueBytes = (width + 7) >> 3
  let offset = start
  while (position < stop) {
    let header = 0
    let byte = 0
    let shift = 0
    do {
      if (offset >= end) throw new InputOutputError('a run of numbers ends too early')
      byte = bytes[offset++]!
      header |= (byte & 127) << shift
      shift += 7
    } while (byte > 127)
    header >>>= 0
    const units = header >>> 1
    if ((header & 1) === 0) {
      const length = Math.min(units, stop - position)
      if (offset + valueBytes > end) throw new InputOutputError('a run of numbers ends too early')
      let value = 0
      for (let k = 0; k < valueBytes; k++) value |= bytes[offset + k]! << (8 * k)
      offset += valueBytes
      target.fill(value, position, position + length)
      position += length
    } else {
      const length = Math.min(units * 8, stop - position)
      if (offset + Math.ceil((length * width) / 8) > end) {
        throw new InputOutputError('a run of numbers ends too early')
      }
      unpack(bytes, offset, width, target, position, length)
      offset += units * width
      position += length
    }
  }
}

/** Bit-packed numbers, least significant bit first. */
function unpack(
  bytes: Uint8Array,
  offset: number,
  width: number,
  target: Int32Array | Uint8Array,
  position: number,
  length: number,
): void {
  const mask = width === 32 ? -1 : (1 << width) - 1
  // Four bytes at once hold a number of up to 25 bits at any bit offset, as long as they exist.
  const safeBits = (bytes.length - 4 - offset) * 8
  const fast =
    width === 0 || width > 25 ? 0 : Math.max(0, Math.min(length, Math.floor(safeBits / width)))
  let bit = 0
  for (let k = 0; k < fast; k++) {
    const at = offset + (bit >> 3)
    const window =
      bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)
    target[position + k] = (window >>> (bit & 7)) & mask
    bit += width
  }
  for (let k = fast; k < length; k++) {
    let value = 0
    for (let b = 0; b < width; b++) {
      value |= ((bytes[offset + Math.floor(bit / 8)]! >> (bit % 8)) & 1) << b
      bit++
    }
    target[position + k] = value
  }
}

/**
 * Decodes the definition levels of a column without nesting: 1 is present, 0 is missing.
 *
 * @returns The mask, or `null` when nothing is missing.
 */
export function decodePresence(
  bytes: Uint8Array,
  start: number,
  end: number,
  count: number,
): Uint8Array | null {
  const valid = new Uint8Array(count)
  decodeHybrid(bytes, start, end, 1, valid, 0, count)
  return valid.includes(0) ? valid : null
}
