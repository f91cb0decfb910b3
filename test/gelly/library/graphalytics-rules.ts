/**
 * The rules by which LDBC Graphalytics compares an answer with the reference: for breadth-first search
 * and community detection each value must be the same, for PageRank, clustering coefficients and
 * shortest paths nearly the same, and components may have other names.
 *
 * Source: Iosup et al., "The LDBC Graphalytics Benchmark", section on output validation.
 */

/** How an answer may differ from the reference. */
export type Rule = 'exact' | 'epsilon' | 'equivalence'

/** The rule of each algorithm of the benchmark. */
export const RULES = {
  BFS: 'exact',
  CDLP: 'exact',
  LCC: 'epsilon',
  PR: 'epsilon',
  SSSP: 'epsilon',
  WCC: 'equivalence',
} as const satisfies Readonly<Record<string, Rule>>

/** Numbers may differ by this part of the reference. */
const EPSILON = 1e-4

/** An answer: a value for each vertex. */
export type Answer = ReadonlyMap<unknown, unknown>

/**
 * Whether an answer is right.
 *
 * @returns What is wrong first; `undefined` where nothing is.
 */
export function difference(rule: Rule, answer: Answer, reference: Answer): string | undefined {
  if (answer.size !== reference.size) {
    return `${answer.size} vertices instead of ${reference.size}`
  }
  const matches = { exact, epsilon, equivalence: equivalence() }[rule]
  for (const [vertex, expected] of reference) {
    if (!answer.has(vertex)) return `vertex ${String(vertex)} is missing`
    const found = answer.get(vertex)
    if (!matches(found, expected)) {
      return `vertex ${String(vertex)} has ${String(found)} instead of ${String(expected)}`
    }
  }
  return undefined
}

function exact(found: unknown, expected: unknown): boolean {
  return found === expected
}

/** Infinite and missing numbers must be the same, zero exactly zero. */
function epsilon(found: unknown, expected: unknown): boolean {
  if (Object.is(found, expected) || found === expected) return true
  if (typeof found !== 'number' || typeof expected !== 'number') return false
  return Math.abs(found - expected) < EPSILON * Math.abs(expected)
}

/** Two partitions are equivalent if names of one and names of the other belong together one to one. */
function equivalence(): (found: unknown, expected: unknown) => boolean {
  const [there, back] = [new Map<unknown, unknown>(), new Map<unknown, unknown>()]
  return (found, expected) => {
    if (!there.has(found) && !back.has(expected)) {
      there.set(found, expected)
      back.set(expected, found)
    }
    return there.get(found) === expected && back.has(expected) && back.get(expected) === found
  }
}
