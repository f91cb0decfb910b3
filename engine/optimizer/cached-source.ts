/** A cache that is filled already is planned as the source that it has become. */

import { rewriteAll } from '../plan/inputs.js'
import type { CacheStore, PlanNode } from '../plan/node.js'
import { planNode } from '../plan/node.js'
import type { Source, SourceFacts } from '../plan/source.js'
import type { RecordBatch } from '../types/batch.js'
import type { Field, Schema } from '../types/schema.js'

/** `roots` with every filled cache replaced by a source, and what is known about those sources. */
export function readFilledCaches(roots: readonly PlanNode[]): {
  roots: readonly PlanNode[]
  facts: ReadonlyMap<Source, SourceFacts>
} {
  const facts = new Map<Source, SourceFacts>()
  const sources = new Map<CacheStore, Source>()
  const rewritten = rewriteAll(roots, node => {
    if (node.kind !== 'cache' || node.store.batches === undefined) return node
    const { batches } = node.store
    let source = sources.get(node.store)
    if (source === undefined) {
      const known = factsOfBatches(batches)
      const label = node.name === undefined ? 'cached result' : `cached ${node.name}`
      source = Object.freeze({ label, facts: async () => known, read: () => batches, stable: true })
      sources.set(node.store, source)
      facts.set(source, known)
    }
    return planNode({ kind: 'source', source })
  })
  return { roots: rewritten, facts }
}

function factsOfBatches(batches: readonly RecordBatch[]): SourceFacts {
  const rows = batches.reduce((sum, batch) => sum + batch.length, 0)
  const schemas = batches.filter(batch => batch.length > 0).map(batch => batch.schema)
  const shape = schemas[0]?.shape
  if (shape === undefined || schemas.some(schema => schema.shape !== shape)) {
    return { rows, exact: true }
  }
  return { rows, exact: true, shape, fields: unitedFields(schemas) }
}

function unitedFields(schemas: readonly Schema[]): readonly Field[] {
  const fields = new Map<string, Field>()
  for (const schema of schemas) {
    for (const field of schema.fields) if (!fields.has(field.name)) fields.set(field.name, field)
  }
  return [...fields.values()]
}
