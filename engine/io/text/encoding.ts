/** Text files in other encodings, as UTF-8. */
import { ArgumentError, InputOutputError } from '../../errors.js'

/** Whether a label means UTF-8, which needs no conversion. */
function isUtf8(label: string): boolean {
  return /^(unicode-1-1-)?utf-?8$/i.test(label.trim())
}

/**
 * Refuses an encoding that `TextDecoder` does not know.
 *
 * @throws {ArgumentError} If it does not.
 */
export function checkEncoding(label: string, operation: string): void {
  try {
    new TextDecoder(label)
  } catch (cause) {
    throw new ArgumentError(
      `${operation}: encoding "${label}" is not known. Use a label of TextDecoder, such as 'utf-8', 'windows-1252' or 'utf-16le'.`,
      { cause },
    )
  }
}

/**
 * The bytes of a text as UTF-8, without a byte order mark.
 *
 * @param label As `TextDecoder` takes it. UTF-8 passes unchanged and is not checked here.
 * @param name Of the file, for errors.
 * @throws {InputOutputError} If bytes are not valid in the encoding.
 */
export async function* toUtf8(
  chunks: AsyncGenerator<Uint8Array, void, undefined>,
  label: string,
  name: string,
  operation: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (isUtf8(label)) {
    yield* withoutMark(chunks, name, operation)
    return
  }
  const decoder = new TextDecoder(label, { fatal: true })
  const encoder = new TextEncoder()
  const decode = (chunk?: Uint8Array) => {
    try {
      return encoder.encode(decoder.decode(chunk, { stream: chunk !== undefined }))
    } catch (cause) {
      throw new InputOutputError(
        `${operation}: ${name} is not valid ${label}. Give another encoding, such as { encoding: 'windows-1252' }.`,
        { cause },
      )
    }
  }
  for await (const chunk of chunks) yield decode(chunk)
  const rest = decode()
  if (rest.length > 0) yield rest
}

async function* withoutMark(
  chunks: AsyncGenerator<Uint8Array, void, undefined>,
  name: string,
  operation: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  let first = true
  for await (const chunk of chunks) {
    if (!first) {
      yield chunk
      continue
    }
    first = false
    const [a, b, c] = chunk
    if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) {
      const label = a === 0xff ? 'utf-16le' : 'utf-16be'
      throw new InputOutputError(
        `${operation}: ${name} is not UTF-8; it looks like UTF-16. Give { encoding: '${label}' }.`,
      )
    }
    yield a === 0xef && b === 0xbb && c === 0xbf ? chunk.subarray(3) : chunk
  }
}
