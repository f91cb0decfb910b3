import { ArgumentError } from '../../errors.js'
import { knownOptions } from '../../types/arguments.js'
import { shown } from '../../types/column-writer.js'
import { checkEncoding } from '../text/encoding.js'
import type { TextType } from './block.js'

/** A type for a column of a CSV file; `number` is int32 or float64 by what the values need. */
export type CsvType = TextType | 'number'

/** How CSV is read. */
export interface CsvReadOptions {
  /**
   * One character between fields. Default `'auto'`: a tab for names that end with `.tsv` or `.tab`,
   * else a comma, unless the first lines agree on semicolons, tabs or bars instead.
   */
  readonly delimiter?: string
  /** One character around fields, doubled within them; `''` for none. Default `'"'`. */
  readonly quote?: string
  /** Lines that begin with this text are skipped. Default none. */
  readonly comments?: string
  /**
   * Whether the first line has the names of the columns. Default `true`. With `false` records are
   * tuples. A list gives the names and says that there is no such line.
   */
  readonly header?: boolean | readonly string[]
  /** The columns to read, in this order. Default all. */
  readonly columns?: readonly string[]
  /**
   * Types by column. Others are found by looking at the first 20,000 records; a value further on
   * that does not fit is invalid. Numbers with leading zeros and integers of more digits than a
   * number keeps are texts, unless their type is given.
   */
  readonly types?: Readonly<Record<string, CsvType>>
  /**
   * Texts that mean a missing value. Default `['']`. In columns of text they count only without
   * quotes, so that `""` is an empty text.
   */
  readonly missing?: readonly string[]
  /** Whether spaces and tabs around fields are left out. Default `false`. */
  readonly trim?: boolean
  /** Whether an invalid line fails the job (default) or is left out and counted. */
  readonly invalid?: 'fail' | 'skip'
  /** As `TextDecoder` names it. Default `'utf-8'`. */
  readonly encoding?: string
  /** Whether a directory means the files in its directories, too. Default `false`. */
  readonly recursive?: boolean
}

/** Options that have been checked, with defaults. */
export interface CheckedCsvOptions {
  /** A byte, or `undefined` when it must be found out. */
  readonly delimiter: number | undefined
  readonly quote: number
  readonly comment: Uint8Array
  readonly header: boolean | readonly string[]
  readonly columns: readonly string[] | undefined
  readonly types: Readonly<Record<string, CsvType>>
  readonly missing: readonly string[]
  readonly trim: boolean
  readonly invalid: 'fail' | 'skip'
  readonly encoding: string
  readonly recursive: boolean
}

const TYPES: readonly CsvType[] = ['number', 'int32', 'float64', 'string', 'boolean', 'timestamp']

const KNOWN: readonly (keyof CsvReadOptions)[] = [
  'delimiter',
  'quote',
  'comments',
  'header',
  'columns',
  'types',
  'missing',
  'trim',
  'invalid',
  'encoding',
  'recursive',
]

/**
 * Checks options and fills in defaults.
 *
 * @param operation Named in errors.
 * @throws {ArgumentError} If one is unknown or out of range.
 */
export function checkCsvOptions(options: CsvReadOptions, operation: string): CheckedCsvOptions {
  knownOptions(options, KNOWN, operation)
  const {
    delimiter = 'auto',
    quote = '"',
    comments = '',
    header = true,
    columns,
    types = {},
    missing = [''],
    trim = false,
    invalid = 'fail',
    encoding = 'utf-8',
    recursive = false,
  } = options
  const check = (condition: boolean, name: string, constraint: string, value: unknown) => {
    if (!condition)
      throw new ArgumentError(`${operation}: ${name} must be ${constraint}; got ${shown(value)}.`)
  }
  const separator = delimiter === 'auto' || isAsciiCharacter(delimiter)
  check(separator, 'delimiter', "'auto' or one ASCII character", delimiter)
  check(quote === '' || isAsciiCharacter(quote), 'quote', "'' or one ASCII character", quote)
  check(quote !== delimiter, 'quote', 'another character than the delimiter', quote)
  check(!/[\r\n]/.test(comments), 'comments', 'a text without line ends', comments)
  check(typeof header === 'boolean' || isTexts(header), 'header', 'true, false or names', header)
  check(columns === undefined || isTexts(columns), 'columns', 'a list of names', columns)
  check(isTexts(missing), 'missing', 'a list of texts', missing)
  check(invalid === 'fail' || invalid === 'skip', 'invalid', "'fail' or 'skip'", invalid)
  for (const [name, type] of Object.entries(types))
    check(TYPES.includes(type), `types.${name}`, `one of ${TYPES.join(', ')}`, type)
  if (Array.isArray(header)) refuseDuplicates(header, 'header', operation)
  if (columns !== undefined) refuseDuplicates(columns, 'columns', operation)
  checkEncoding(encoding, operation)
  return {
    delimiter: delimiter === 'auto' ? undefined : delimiter.charCodeAt(0),
    quote: quote === '' ? -1 : quote.charCodeAt(0),
    comment: new TextEncoder().encode(comments),
    header,
    columns,
    types,
    missing,
    trim,
    invalid,
    encoding,
    recursive,
  }
}

/** The names that occur more than once. */
export function duplicates(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, k) => names.indexOf(name) !== k))]
}

function refuseDuplicates(names: readonly string[], option: string, operation: string): void {
  const twice = duplicates(names)
  if (twice.length > 0)
    throw new ArgumentError(
      `${operation}: ${option} must have different names; got ${twice.join(', ')} more than once.`,
    )
}

function isAsciiCharacter(text: unknown): text is string {
  return typeof text === 'string' && /^[^\r\n]$/.test(text) && text.charCodeAt(0) < 128
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(text => typeof text === 'string')
}
