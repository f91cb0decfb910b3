import type { RecordBatch } from '../../types/batch.js'
import type { BatchBuffer } from '../batch-buffer.js'
import { concatKeyed, type KeyedBatch, sliceKeyed } from '../keys/keyed-batch.js'
import type { OperatorContext, Steps } from '../operator.js'
import type { Reservation } from '../reservation.js'
import type { StepsTo } from '../steps.js'
import type { JoinOutput } from './join-output.js'
import { JoinTable, tableBytes } from './join-table.js'
import { rowsOf, TableJoin } from './table-join.js'

/** Gives the keys of a batch. */
export type ExtractKeys = (batch: RecordBatch) => KeyedBatch

/**
 * Joins two buffers with as much of the build side in memory at a time as there is room for; the
 * probe side is read once per block. One block is an ordinary hash join; several are the last
 * resort for a key that is too frequent to be split.
 *
 * Output comes block by block; records of the probe side that stand alone come last, unless one
 * block suffices.
 *
 * @throws {MemoryError} If a single record is larger than the memory budget.
 */
export function* blockJoin(
  build: BatchBuffer,
  probe: BatchBuffer,
  keysOf: { readonly build: ExtractKeys; readonly probe: ExtractKeys },
  output: JoinOutput,
  context: OperatorContext,
  memory: Reservation,
): Steps {
  const { probeAlone } = output.mode
  // One byte per record of the probe side, needed when it is read more than once.
  const flagBytes = probeAlone === 'none' ? 0 : probe.rows
  memory.demand(flagBytes)
  const blocks = blocksOf(build, keysOf.build, context, memory)
  let block = yield* blocks.next()
  const several = yield* blocks.peek()
  const flags = (several || block === undefined) && flagBytes > 0 ? new Uint8Array(flagBytes) : null
  while (block !== undefined && !output.closed) {
    const join = new TableJoin(yield* JoinTable.build(block), output)
    let start = 0
    yield* probe.each(function* (batch) {
      const end = start + batch.length
      yield* join.probe(keysOf.probe(batch), flags?.subarray(start, end))
      start = end
    })
    yield* join.finish()
    blocks.release()
    block = several ? yield* blocks.next() : undefined
  }
  if (flags !== null && probeAlone !== 'none') {
    let start = 0
    yield* probe.each(function* (batch) {
      const end = start + batch.length
      yield* output.alone('probe', batch, rowsOf(flags.subarray(start, end), probeAlone))
      start = end
    })
  }
  memory.release(flagBytes)
}

interface Blocks {
  next(): StepsTo<KeyedBatch | undefined>
  /** Whether there is a further block. */
  peek(): StepsTo<boolean>
  /** Gives back the memory of the block that was read last. */
  release(): void
}

function blocksOf(
  build: BatchBuffer,
  keysOf: ExtractKeys,
  context: OperatorContext,
  memory: Reservation,
): Blocks {
  const reader = build.reader()
  /** Pieces that have been read and not used yet, the next one last. */
  const waiting: KeyedBatch[] = []
  let held = 0
  const nextPiece = function* (): StepsTo<KeyedBatch | undefined> {
    const piece = waiting.pop()
    if (piece !== undefined) return piece
    const batch = yield* reader.next()
    return batch === undefined ? undefined : keysOf(batch)
  }
  return {
    *next() {
      const pieces: KeyedBatch[] = []
      for (;;) {
        const piece = yield* nextPiece()
        if (piece === undefined) break
        const bytes = tableBytes(piece)
        const { length } = piece.batch
        if (!memory.tryGrow(bytes)) {
          if (pieces.length > 0) {
            waiting.push(piece)
            break
          }
          if (bytes > context.memory.budget && length > 1) {
            const middle = length >> 1
            waiting.push(sliceKeyed(piece, middle, length), sliceKeyed(piece, 0, middle))
            continue
          }
          memory.demand(bytes)
        }
        held += bytes
        pieces.push(piece)
      }
      return pieces.length > 0 ? concatKeyed(pieces) : undefined
    },
    *peek() {
      const piece = yield* nextPiece()
      if (piece === undefined) return false
      waiting.push(piece)
      return true
    },
    release() {
      memory.release(held)
      held = 0
    },
  }
}
