import type { OperatorMetrics } from '../../optimizer/metrics.js'
import type { PartResult } from './messages.js'

/** What the operators of all workers did together; times add up, as processors worked for them. */
export function mergedMetrics(parts: readonly PartResult[]): ReadonlyMap<number, OperatorMetrics> {
  const merged = new Map<number, OperatorMetrics>()
  for (const { operators } of parts) {
    for (const [id, own] of operators) {
      const before = merged.get(id)
      merged.set(id, before === undefined ? own : sum(before, own))
    }
  }
  return merged
}

function sum(a: OperatorMetrics, b: OperatorMetrics): OperatorMetrics {
  return {
    rowsIn: a.rowsIn + b.rowsIn,
    rowsOut: a.rowsOut + b.rowsOut,
    batches: a.batches + b.batches,
    milliseconds: a.milliseconds + b.milliseconds,
    spilledBytes: a.spilledBytes + b.spilledBytes,
    code: [...new Set([...a.code, ...b.code])],
  }
}
