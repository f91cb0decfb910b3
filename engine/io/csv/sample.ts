/** A look at the beginning of the input, from which names, types and size follow. */
import { InputOutputError } from '../../errors.js'
import type { InputFile } from '../input-file.js'
import type { MissingTexts } from './block.js'
import { Evidence } from './infer.js'
import type { CheckedCsvOptions, CsvType } from './options.js'
import { CsvRecords } from './records.js'

/** Records that are looked at, in as many files as it takes. */
const SAMPLE_ROWS = 20_000
/** Bytes that are looked at, whatever the records. */
const SAMPLE_BYTES = 16 * 1024 * 1024

/** What the beginning of the input says. */
export interface Sample {
  /** The columns of the first file that has any. */
  readonly names: readonly string[]
  /** Their types, given or found; `undefined` where all values were missing. */
  readonly types: readonly (CsvType | undefined)[]
  /** Whether a value was missing, by column. */
  readonly missing: readonly boolean[]
  readonly delimiter: number
  /** Records of the whole input: counted when `complete`, estimated from its size otherwise. */
  readonly rows: number | undefined
  /** Bytes of the whole input as stored, when known. */
  readonly bytes: number | undefined
  /** Whether the sample was everything. */
  readonly complete: boolean
}

/**
 * Reads the first records of `files`.
 *
 * @throws {InputOutputError} If a file cannot be read, or none has a header.
 */
export async function takeSample(
  files: readonly InputFile[],
  options: CheckedCsvOptions,
  texts: MissingTexts,
  operation: string,
): Promise<Sample> {
  let names: readonly string[] | undefined
  let delimiter: number | undefined
  let evidence: Evidence[] = []
  let rows = 0
  let parsed = 0
  let stored = 0
  let complete = true
  for (const file of files) {
    if (!complete) break
    let read = 0
    const advance = (bytes: number) => {
      read += bytes
    }
    const records = await CsvRecords.open(file, options, delimiter, { advance }, operation, ignore)
    try {
      if (records.empty) continue
      names ??= records.names
      delimiter ??= records.dialect.delimiter
      if (evidence.length === 0) evidence = names.map(() => new Evidence(texts))
      const columns = names.map(name => records.names.indexOf(name))
      const { scanner, window } = records
      const { quote } = records.dialect
      let fileParsed = 0
      while (await records.next(SAMPLE_ROWS - rows)) {
        const { bounds, rows: found, width } = scanner
        const block = { bytes: window.bytes, bounds, width, rows: found, quote, reject: ignore }
        for (let k = 0; k < columns.length; k++) {
          if (columns[k]! >= 0) evidence[k]!.add(block, columns[k]!)
        }
        rows += found
        fileParsed += bounds[found * width * 2 - 1]! + 1 - bounds[0]!
        if (rows >= SAMPLE_ROWS || parsed + fileParsed >= SAMPLE_BYTES) {
          complete = false
          break
        }
      }
      parsed += fileParsed
      // Of a compressed file some has been read that was not parsed; its rate is a guess.
      const compressed = /\.(gz|br)$/i.test(file.name)
      stored += complete || compressed ? read : fileParsed
    } finally {
      await records.close()
    }
  }
  if (names === undefined) {
    const name =
      files.length === 1 ? files[0]!.name : `none of the ${files.length} files has content; each`
    throw new InputOutputError(
      `${operation}: ${name} is empty, without even a header. Give the names of the columns with { header: [...] } to read it as no records.`,
    )
  }
  const sizes = files.map(file => file.size)
  const bytes = sizes.every(size => size !== undefined)
    ? sizes.reduce((sum: number, size) => sum + size!, 0)
    : undefined
  const estimate =
    bytes === undefined ? undefined : Math.round((rows * bytes) / Math.max(1, stored))
  return {
    names,
    types: names.map((name, k) => options.types[name] ?? evidence[k]!.type),
    missing: evidence.map(column => column.missing),
    delimiter: delimiter!,
    rows: complete ? rows : estimate,
    bytes,
    complete,
  }
}

function ignore(): void {}
