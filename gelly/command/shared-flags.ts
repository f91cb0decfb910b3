/** Flags that several algorithms have. */
import type { Flag, Flags } from './flags.js'

/** What an edge weighs. */
export const weight: Flag = {
  kind: 'text',
  about: 'weigh edges by this field of their values, or by "value"',
  value: 'FIELD',
}

/** The most iterations. */
export function maxIterations(usual?: number): Flags {
  const flag: Flag = { kind: 'number', about: 'the most iterations' }
  return { maxIterations: usual === undefined ? flag : { ...flag, default: `${usual}` } }
}

/** When an algorithm has converged. */
export const tolerance: Flag = {
  kind: 'number',
  about: 'converged when all scores together change by at most this',
}

/** Which way edges are followed; the words are those of the algorithm. */
export function direction(usual: string, choices: readonly string[]): Flag {
  return { kind: 'text', about: 'which edges count', value: 'WAY', default: usual, choices }
}

/** Whether the direction of edges counts. */
export const directed: Flag = { kind: 'switch', about: 'heed the direction of edges' }

/** A search from some vertices instead of all. */
export const samples: Flags = {
  samples: { kind: 'number', about: 'search from so many vertices only', default: 'all' },
  seed: { kind: 'number', about: 'chooses the samples', default: '1' },
}

/** Limits of pairs by score. */
export const scoreLimits: Flags = {
  minimumScore: { kind: 'number', about: 'only pairs of at least this score', default: '0' },
  maximumScore: { kind: 'number', about: 'only pairs of at most this score' },
  mirror: { kind: 'switch', about: 'each pair in both orders' },
}
