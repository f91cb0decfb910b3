/** Records on disk, split by the hash of their keys, so that each part can be worked on alone. */
import { RecordBatch } from '../../types/batch.js'
import { concatBatches } from '../../types/concat.js'
import { hashPartitions } from '../keys/hash.js'
import type { KeyedBatch } from '../keys/keyed-batch.js'
import type { OperatorContext, Steps } from '../operator.js'
import { forEachAwaited, wait } from '../steps.js'
import type { SpillFile } from './spill.js'

/** Parts that a set of records is split into. */
const PARTS = 32

/** Names under which keys are stored behind the fields of their records. */
const KEY_NAME = '\u0000key'

/** KeyedBatch records in `PARTS` files; equal keys are in one file, in the order written. */
export class PartitionedSpill {
  readonly #context: OperatorContext
  readonly #level: number
  #files: (SpillFile | undefined)[] = new Array(PARTS).fill(undefined)

  /** @param level How often the records have been split before; each level spreads anew. */
  constructor(context: OperatorContext, level: number) {
    this.#context = context
    this.#level = level
  }

  /** Writes `pieces`, each part as one batch. */
  *write(pieces: readonly KeyedBatch[]): Steps {
    const rows: Int32Array[][] = []
    for (const { keys, batch } of pieces) {
      rows.push(rowsByPart(hashPartitions(keys, batch.length, PARTS, this.#level), batch.length))
      yield
    }
    const stored = pieces.map(withKeys)
    for (let part = 0; part < PARTS; part++) {
      const taken: RecordBatch[] = []
      for (let k = 0; k < stored.length; k++) {
        const mine = rows[k]![part]!
        if (mine.length > 0) taken.push(stored[k]!.take(mine))
      }
      for (const group of ofOneKind(taken)) yield* this.#append(part, concatBatches(group))
    }
  }

  *#append(part: number, batch: RecordBatch): Steps {
    const file = this.#files[part] ?? (yield* wait(this.#context.spill.create()))
    this.#files[part] = file
    const before = file.bytes
    yield file.write(batch)
    this.#context.count('spilledBytes', file.bytes - before)
  }

  /** Takes part after part: each of its pieces, then `end`. Its file is deleted before. */
  *forEachPart(take: (piece: KeyedBatch) => Steps, end: () => Steps): Steps {
    for (let part = 0; part < PARTS; part++) {
      const file = this.#files[part]
      if (file === undefined) continue
      yield* forEachAwaited(file.read(), batch => take(withoutKeys(batch)))
      yield file.delete()
      this.#files[part] = undefined
      yield* end()
    }
  }

  /** Deletes the files that are left. */
  async close(): Promise<void> {
    const files = this.#files
    this.#files = []
    for (const file of files) await file?.delete()
  }
}

function rowsByPart(parts: Int32Array, length: number): Int32Array[] {
  const counts = new Int32Array(PARTS)
  for (let row = 0; row < length; row++) counts[parts[row]!]!++
  const rows = Array.from(counts, count => new Int32Array(count))
  counts.fill(0)
  for (let row = 0; row < length; row++) {
    const part = parts[row]!
    rows[part]![counts[part]!++] = row
  }
  return rows
}

/** A batch with its keys behind its fields. */
function withKeys({ keys, batch }: KeyedBatch): RecordBatch {
  const names = [...batch.names]
  const columns = [...batch.columns]
  for (let k = 0; k < keys.length; k++) {
    names.push(`${KEY_NAME}${k}`)
    columns.push(keys[k]!)
  }
  return new RecordBatch(batch.shape, names, columns, batch.length, batch.partition)
}

function withoutKeys(stored: RecordBatch): KeyedBatch {
  const fields = stored.names.findIndex(name => name.startsWith(KEY_NAME))
  const end = fields < 0 ? stored.names.length : fields
  const { shape, names, columns, length, partition } = stored
  return {
    keys: columns.slice(end),
    batch: new RecordBatch(shape, names.slice(0, end), columns.slice(0, end), length, partition),
  }
}

/** Neighbours that can be joined without changing their records. */
function ofOneKind(batches: readonly RecordBatch[]): RecordBatch[][] {
  const groups: RecordBatch[][] = []
  let last: RecordBatch | undefined
  for (const batch of batches) {
    const alike =
      last !== undefined &&
      last.shape === batch.shape &&
      last.partition === batch.partition &&
      last.names.length === batch.names.length &&
      last.names.every((name, k) => name === batch.names[k])
    if (alike) groups.at(-1)!.push(batch)
    else groups.push([batch])
    last = batch
  }
  return groups
}
