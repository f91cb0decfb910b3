import { InputOutputError } from '../../errors.js'
import type { ReadRequest, Source, SourceFacts } from '../../plan/source.js'
import { knownOptions } from '../../types/arguments.js'
import { BATCH_SIZE, type RecordBatch, valueBatch } from '../../types/batch.js'
import { TextColumn } from '../../types/column.js'
import { string } from '../../types/data-type.js'
import { VALUE } from '../../types/schema.js'
import { ByteWindow } from '../byte-window.js'
import { checkInput, type Input, inputName, listFiles } from '../files.js'
import { type InputFile, summing } from '../input-file.js'
import { checkEncoding, toUtf8 } from './encoding.js'
import { decodeText } from './text-decoder.js'

/** How text is read. */
export interface TextReadOptions {
  /** As `TextDecoder` names it. Default `'utf-8'`. */
  readonly encoding?: string
  /** Whether a directory means the files in its directories, too. Default `false`. */
  readonly recursive?: boolean
}

const NEWLINE = 10
const RETURN = 13
/** Bytes of lines after which a batch is handed on. */
const BATCH_BYTES = 8 * 1024 * 1024

/**
 * The lines of text files, as plain strings without their line ends (\n or \r\n). The last line
 * needs no end; after a last end there is no further, empty line.
 *
 * @throws {ArgumentError} If an option is unknown.
 * @example textSource('hamlet.txt')
 */
export function textSource(
  input: Input,
  options: TextReadOptions = {},
  operation = 'readText',
): Source {
  knownOptions(options, ['encoding', 'recursive'], operation)
  checkInput(input, operation)
  const { encoding = 'utf-8', recursive = false } = options
  checkEncoding(encoding, operation)
  const list = () => listFiles(input, { operation, recursive })
  const open = (file: InputFile, stream: Parameters<InputFile['stream']>[0]) =>
    new ByteWindow(toUtf8(file.stream(stream), encoding, file.name, operation))
  return {
    label: `${operation} ${inputName(input)}`,
    facts: async () => factsOf(await list(), open),
    async *read({ onBytes, signal }: ReadRequest) {
      const stream = { signal, advance: summing(onBytes) }
      for (const file of await list()) yield* readLines(open(file, stream), file.name, operation)
    },
  }
}

async function* readLines(
  window: ByteWindow,
  name: string,
  operation: string,
): AsyncGenerator<RecordBatch, void> {
  let lines: string[] = []
  let number = 0
  let size = 0
  try {
    do {
      if (!(await window.more()))
        throw new InputOutputError(
          `${operation}: ${name}, line ${number + 1} is longer than 256 MiB. Is this a text file?`,
        )
      const { bytes, end, final } = window
      let start = window.start
      while (start < end) {
        // There is a newline at `end`, so one is always found.
        const at = bytes.indexOf(NEWLINE, start)
        if (at === end && !final) break
        const stop = at > start && bytes[at - 1] === RETURN ? at - 1 : at
        number++
        try {
          lines.push(decodeText(bytes, start, stop))
        } catch (cause) {
          throw new InputOutputError(
            `${operation}: ${name}, line ${number} is not UTF-8. Give the file's encoding, such as { encoding: 'windows-1252' }.`,
            { cause },
          )
        }
        size += stop - start
        start = at + 1
        if (lines.length === BATCH_SIZE || size >= BATCH_BYTES) {
          yield valueBatch(new TextColumn(lines))
          lines = []
          size = 0
        }
      }
      window.start = Math.min(start, end)
    } while (!window.final)
    if (lines.length > 0) yield valueBatch(new TextColumn(lines))
  } finally {
    await window.close()
  }
}

/** Counts lines in the first piece of the first file that has any, and scales up. */
async function factsOf(
  files: readonly InputFile[],
  open: (file: InputFile, stream: Parameters<InputFile['stream']>[0]) => ByteWindow,
): Promise<SourceFacts> {
  const facts = {
    fields: [{ name: VALUE, type: string, nullable: false }],
    shape: 'value' as const,
  }
  const sizes = files.map(file => file.size)
  if (!sizes.every(size => size !== undefined)) return facts
  const bytes = sizes.reduce((sum, size) => sum + size, 0)
  for (const file of files) {
    let stored = 0
    const window = open(file, {
      advance: read => {
        stored += read
      },
    })
    try {
      await window.more()
      if (window.end === window.start) continue
      let lines = 0
      for (let p = window.start; p < window.end; p++) if (window.bytes[p] === NEWLINE) lines++
      return { ...facts, bytes, rows: Math.round((Math.max(1, lines) * bytes) / stored) }
    } finally {
      await window.close()
    }
  }
  return { ...facts, bytes, rows: 0, exact: true }
}
