/** Which worker each record goes to. */
import type { Exchange } from '../../optimizer/physical.js'
import type { RecordBatch } from '../../types/batch.js'
import type { Column } from '../../types/column.js'
import { keysOfGroups } from '../group/partial-groups.js'
import { hashPartitions } from '../keys/hash.js'
import { createKeyExtractor } from '../keys/keys.js'
import type { OperatorContext, Steps } from '../operator.js'
import { rangeRouter } from './range-router.js'
import { type Router, type Send, sendParts } from './send-parts.js'

/** Other than those by which operators split keys again on one worker. */
const SEED = 0x2c1b3c6d

/** The router of an exchange. */
export function createRouter(to: Exchange, context: OperatorContext, send: Send): Router {
  const { workers } = context.team
  switch (to.kind) {
    case 'gather':
      return router(batch => send(0, batch))
    case 'broadcast':
      return router(function* (batch) {
        for (let worker = 0; worker < workers; worker++) yield* send(worker, batch)
      })
    case 'partitions':
      return router(batch => send(Math.floor((batch.partition * workers) / to.partitions), batch))
    case 'range':
      return rangeRouter(to.order, context, send)
    case 'groups':
      return byHash(keysOfGroups, workers, send)
    case 'hash':
      return byHash(createKeyExtractor(to.keys, context), workers, send)
  }
}

function byHash(
  keysOf: (batch: RecordBatch) => readonly Column[],
  workers: number,
  send: Send,
): Router {
  return router(batch =>
    sendParts(batch, hashPartitions(keysOf(batch), batch.length, workers, SEED), workers, send),
  )
}

function router(take: (batch: RecordBatch) => Steps): Router {
  return { take, *finish() {}, async close() {} }
}
