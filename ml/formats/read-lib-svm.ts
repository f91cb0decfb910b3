import {
  checkInput,
  columnsSource,
  Float64Column,
  knownOptions,
  listFiles,
  positiveInteger,
  SparseColumn,
  trueOrFalse,
} from '../../engine/extend.js'
import {
  type DataSet,
  defaultEnvironment,
  type ExecutionEnvironment,
  type Input,
  InputOutputError,
  type Source,
  type SparseVector,
} from '../../engine/index.js'
import { readLines } from './lib-svm-lines.js'

/** Options of `readLibSvm`. */
export interface LibSvmReadOptions<Q extends boolean = boolean> {
  /**
   * How many entries the vectors have. Default: as many as the greatest place in the files says. Give it
   * for data to predict for: they may not have the last ones.
   */
  readonly size?: number
  /** Whether places count from 0 instead of 1. Default `false`. */
  readonly zeroBased?: boolean
  /** Whether records get the field `qid`, the number of the ranking that they belong to. Default `false`. */
  readonly qid?: Q
  /** Where jobs run. Default: the environment behind `readCsv`. */
  readonly environment?: ExecutionEnvironment
}

/** A record of a LIBSVM file. */
export interface LibSvmRecord {
  readonly label: number
  readonly features: SparseVector
}

/**
 * Labels and sparse vectors from LIBSVM files (also those of SVMlight): a record a line,
 * `label place:value place:value ...`, with places that ascend from 1 on. What stands behind a `#` is a
 * comment. Files may be compressed (`.gz`).
 *
 * Lazy; read once, at the first use, and kept in memory.
 *
 * @param input A path, directory, pattern, URL or bytes.
 * @param options.size Default: the greatest place over all files.
 * @param options.zeroBased Default `false`.
 * @param options.qid Default `false`.
 * @throws {ArgumentError} If an option is unknown or wrong.
 * @throws {InputOutputError} When run, if a file is not there or a line is malformed; names file and line.
 * Cost: O(entries), 12 bytes each.
 * @example
 * const file = '+1 1:0.5 3:2 # the first\n-1 2:1\n'
 * const data = readLibSvm(new TextEncoder().encode(file))
 * data.map(({ label, features }) => ({ label, third: features.get(2) })) // { label: 1, third: 2 }, { label: -1, third: 0 }
 */
export function readLibSvm<const Q extends boolean = false>(
  input: Input,
  options: LibSvmReadOptions<Q> = {},
): DataSet<Q extends true ? LibSvmRecord & { readonly qid: number } : LibSvmRecord> {
  const known = ['size', 'zeroBased', 'qid', 'environment']
  knownOptions(options, known, NAME)
  checkInput(input, NAME)
  const { size, zeroBased = false, qid = false, environment = defaultEnvironment() } = options
  if (size !== undefined) positiveInteger(size, NAME, 'size')
  trueOrFalse(zeroBased, NAME, 'zeroBased')
  trueOrFalse(qid, NAME, 'qid')
  let whole: Source | undefined
  const source: Source = {
    label: `${NAME} ${typeof input === 'string' ? input : 'input'}`,
    facts: async () => ({ shape: 'object' }),
    async *read(request) {
      whole ??= await wholeSource(input, { size, zeroBased, qid }, request.signal)
      yield* whole.read(request)
    },
    stable: true,
  }
  return environment.read(source)
}

const NAME = 'readLibSvm'

async function wholeSource(
  input: Input,
  { size, zeroBased, qid }: { size: number | undefined; zeroBased: boolean; qid: boolean },
  signal: AbortSignal | undefined,
): Promise<Source> {
  const files = await listFiles(input, { operation: NAME })
  const read = await readLines(files, { operation: NAME, size, zeroBased, signal })
  if (qid && read.qids === null && read.labels.length > 0) {
    throw new InputOutputError(`${NAME}: ${files[0]!.name} has no qid. Leave the option qid out.`)
  }
  return columnsSource(
    {
      label: new Float64Column(read.labels),
      features: new SparseColumn(read.offsets, read.indices, read.values, read.size),
      ...(qid && { qid: new Float64Column(read.qids ?? new Float64Array(0)) }),
    },
    NAME,
  )
}
