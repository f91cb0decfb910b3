/** Bit masks as Arrow has them, to and from byte masks as columns have them. */

/** `length` bits from bit `offset` on, least significant first, a byte each. */
export function unpackBits(bits: Uint8Array, offset: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  for (let k = 0; k < length; k++) {
    const at = offset + k
    bytes[k] = (bits[at >> 3]! >> (at & 7)) & 1
  }
  return bytes
}

/** The lowest bit of each byte, eight to a byte. */
export function packBits(bytes: Uint8Array): Uint8Array {
  const bits = new Uint8Array((bytes.length + 7) >> 3)
  for (let k = 0; k < bytes.length; k++) bits[k >> 3]! |= (bytes[k]! & 1) << (k & 7)
  return bits
}
