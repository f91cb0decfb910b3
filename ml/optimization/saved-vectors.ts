import { Float64Column, type NamedBatches, valueBatch } from '../../engine/extend.js'

/** Vectors by name, as checkpoints of loops hold them. */
export function savedVectors(vectors: Readonly<Record<string, Float64Array>>): NamedBatches {
  return Object.fromEntries(
    Object.entries(vectors).map(([name, vector]) => [
      name,
      [valueBatch(new Float64Column(vector.slice()))],
    ]),
  )
}

/** A vector that `savedVectors` was given. */
export function loadedVector(saved: NamedBatches, name: string): Float64Array {
  const [batch] = saved[name]!
  const column = batch!.columns[0]!
  return Float64Array.from({ length: batch!.length }, (_, k) => Number(column.get(k)))
}
