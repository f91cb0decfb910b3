import test from 'ava'
import { planNode } from '../../../engine/plan/node.js'
import { createUnion } from '../../../engine/runtime/union.js'
import { batchesOf, runOperator } from '../../support/run-operator.js'

const input = planNode({ kind: 'source', source: undefined as never })
const numbers = (length: number, start = 0) => Array.from({ length }, (_, k) => start + k)

test('union gives the inputs one after the other, however they arrive', async t => {
  const node = planNode({ kind: 'union', inputs: [input, input, input] })
  const inputs = [numbers(50), [], numbers(40, 50)].map(part => batchesOf(part, 9))
  for (const arrival of ['forwards', 'backwards', 'interleaved'] as const) {
    for (const budget of [2 ** 20, 100]) {
      const result = await runOperator(context => createUnion(node, context), inputs, {
        arrival,
        budget,
      })
      t.deepEqual(result.records, numbers(90))
      if (budget === 100 && arrival === 'backwards')
        t.true(result.counters.get('spilledBytes')! > 0)
    }
  }
})
