/** Strings from UTF-8 bytes, fast for plain ones. */

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * The string of the bytes from `start` up to `end`.
 *
 * It shares no memory with others, so a kept string keeps nothing else alive.
 *
 * @throws {TypeError} If they are not UTF-8.
 */
export function decodeText(bytes: Uint8Array, start: number, end: number): string {
  return isAscii(bytes, start, end) ? decodeAscii(bytes, start, end) : decodeUtf8(bytes, start, end)
}

/** Whether all bytes from `start` up to `end` are below 128. */
export function isAscii(bytes: Uint8Array, start: number, end: number): boolean {
  let high = 0
  for (let k = start; k < end; k++) high |= bytes[k]!
  return high < 128
}

interface NodeBuffer {
  latin1Slice(start: number, end: number): string
  utf8Slice(start: number, end: number): string
}

/** Node's buffers have calls for this that are several times as fast as `TextDecoder`. */
const { latin1Slice, utf8Slice } =
  (globalThis as { Buffer?: { prototype: NodeBuffer } }).Buffer?.prototype ??
  ({} as Partial<NodeBuffer>)

function decodeUtf8(bytes: Uint8Array, start: number, end: number): string {
  if (utf8Slice === undefined) return decoder.decode(bytes.subarray(start, end))
  const text = utf8Slice.call(bytes as unknown as NodeBuffer, start, end)
  // This one does not refuse what is not UTF-8, but puts this character in its place.
  return text.includes('\ufffd') ? decoder.decode(bytes.subarray(start, end)) : text
}

/** The string of bytes that are all below 128. */
export const decodeAscii: (bytes: Uint8Array, start: number, end: number) => string =
  typeof latin1Slice === 'function'
    ? (bytes, start, end) => latin1Slice.call(bytes as unknown as NodeBuffer, start, end)
    : (bytes, start, end) => decoder.decode(bytes.subarray(start, end))

/** The bytes as a text of one character each, whatever they are; for a few bytes. */
export function byteText(bytes: Uint8Array, start: number, end: number): string {
  let text = ''
  for (let k = start; k < end; k++) text += String.fromCharCode(bytes[k]!)
  return text
}
