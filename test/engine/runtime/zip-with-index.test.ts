import test from 'ava'
import { SchemaError } from '../../../engine/errors.js'
import { planNode } from '../../../engine/plan/node.js'
import { createZipWithIndex } from '../../../engine/runtime/zip-with-index.js'
import { batchesOf, runOperator } from '../../support/run-operator.js'

const input = planNode({ kind: 'source', source: undefined as never })

test('zipWithIndex numbers objects in a field, other records beside them', async t => {
  const node = planNode({ kind: 'zipWithIndex', input, as: 'index' })
  const zip = async (records: unknown[]) =>
    (await runOperator(context => createZipWithIndex(node, context), [batchesOf(records, 2)]))
      .records
  t.deepEqual(await zip([{ a: 'x' }, { a: 'y' }, { a: 'z' }]), [
    { a: 'x', index: 0 },
    { a: 'y', index: 1 },
    { a: 'z', index: 2 },
  ])
  t.deepEqual(await zip(['x', null]), [
    { index: 0, value: 'x' },
    { index: 1, value: null },
  ])
  t.deepEqual(await zip([[1, 2]]), [{ index: 0, value: [1, 2] }])
  t.deepEqual(await zip([]), [])
  await t.throwsAsync(zip([{ index: 1 }]), { instanceOf: SchemaError })
})
