/** The operator of `distinct`: the first record of each key, or of each whole record. */
import type { NodeOf } from '../../plan/node.js'
import type { RecordBatch } from '../../types/batch.js'
import { type Column, TextColumn } from '../../types/column.js'
import { missingColumn } from '../../types/concat.js'
import { createKeyExtractor } from '../keys/keys.js'
import type { Operator, OperatorContext } from '../operator.js'
import { StreamingFirst } from './streaming-first.js'

/**
 * Makes the operator of a distinct node. A record is passed on as soon as its key is new, so that
 * the output is in the order of the input as long as nothing is spilled.
 */
export function createDistinct(node: NodeOf<'distinct'>, context: OperatorContext): Operator {
  const first = new StreamingFirst(1, context)
  const createKeysOf = () =>
    node.keys.length > 0 ? createKeyExtractor(node.keys, context) : wholeRecords(first)
  let keysOf = createKeysOf()
  return {
    *process(_input, batch) {
      if (batch.length > 0) yield* first.take(keysOf(batch), batch)
    },
    finish: () => first.finish(),
    restart() {
      first.restart()
      // Which fields there are is found out anew.
      if (node.keys.length === 0) keysOf = createKeysOf()
    },
    close: () => first.close(),
  }
}

/** The name of the component that tells records of different shapes apart. */
const SHAPE = ''

/** All fields as the key; when a batch has further ones, earlier records get them as missing. */
function wholeRecords(first: StreamingFirst): (batch: RecordBatch) => readonly Column[] {
  let known: string[] | undefined
  let shape = ''
  return batch => {
    if (known === undefined) shape = batch.shape
    const own = batch.names.map(name => `${batch.shape}:${name}`)
    if (batch.shape !== shape) own.push(SHAPE)
    const components: readonly string[] = known ?? own
    const added = own.filter(name => !components.includes(name))
    known = [...components, ...added]
    if (added.length > 0) {
      first.rekey(keys => [...keys, ...added.map(() => missingColumn(keys[0]?.length ?? 0))])
    }
    return known.map(name => {
      if (name === SHAPE && batch.shape !== shape) {
        return new TextColumn(new Array<string>(batch.length).fill(batch.shape))
      }
      const position = own.indexOf(name)
      return position < 0 ? missingColumn(batch.length) : batch.columns[position]!
    })
  }
}
