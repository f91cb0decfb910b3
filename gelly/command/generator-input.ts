/** Generators as inputs of the command: `rmat:16`, `grid:100x100`. */
import { nearestFirst } from '../../engine/extend.js'
import { barabasiAlbertGraph } from '../generators/barabasi-albert-graph.js'
import { completeGraph } from '../generators/complete-graph.js'
import { cycleGraph } from '../generators/cycle-graph.js'
import { emptyGraph } from '../generators/empty-graph.js'
import { erdosRenyiGraph } from '../generators/erdos-renyi-graph.js'
import type { GeneratedGraph } from '../generators/generated.js'
import { gridGraph } from '../generators/grid-graph.js'
import { hypercubeGraph } from '../generators/hypercube-graph.js'
import { pathGraph } from '../generators/path-graph.js'
import { randomGeometricGraph } from '../generators/random-geometric-graph.js'
import { rmatGraph } from '../generators/rmat-graph.js'
import { starGraph } from '../generators/star-graph.js'
import { wattsStrogatzGraph } from '../generators/watts-strogatz-graph.js'
import type { AnyGraph } from './any-graph.js'
import { UsageError } from './usage-error.js'

interface Generator {
  /** How it is written, for the help. */
  readonly usage: string
  /** The fewest and the most numbers that it takes. */
  readonly counts: readonly [number, number]
  readonly make: (
    numbers: readonly number[],
    seed: { readonly seed?: number },
  ) => GeneratedGraph | GeneratedGraph<{ x: number; y: number }, number>
}

/** By name. Numbers stand behind the name, between colons; sizes of a grid between x. */
export const GENERATORS: Readonly<Record<string, Generator>> = {
  rmat: {
    usage: 'rmat:SCALE[:EDGEFACTOR]',
    counts: [1, 2],
    make: ([scale, edgeFactor = 16], seed) => rmatGraph({ scale: scale!, edgeFactor, ...seed }),
  },
  'erdos-renyi': {
    usage: 'erdos-renyi:VERTICES:PAIRS',
    counts: [2, 2],
    make: ([n, pairCount], seed) =>
      erdosRenyiGraph({ vertexCount: n!, pairCount: pairCount!, ...seed }),
  },
  'barabasi-albert': {
    usage: 'barabasi-albert:VERTICES:DEGREE',
    counts: [2, 2],
    make: ([n, degree], seed) => barabasiAlbertGraph({ vertexCount: n!, degree: degree!, ...seed }),
  },
  'watts-strogatz': {
    usage: 'watts-strogatz:VERTICES:DEGREE:PROBABILITY',
    counts: [3, 3],
    make: ([n, degree, probability], seed) =>
      wattsStrogatzGraph({
        vertexCount: n!,
        degree: degree!,
        probability: probability!,
        ...seed,
      }),
  },
  'random-geometric': {
    usage: 'random-geometric:VERTICES:RADIUS',
    counts: [2, 2],
    make: ([n, radius], seed) =>
      randomGeometricGraph({ vertexCount: n!, radius: radius!, ...seed }),
  },
  grid: {
    usage: 'grid:SIZE[xSIZE...]',
    counts: [1, 30],
    make: dimensions => gridGraph({ dimensions }),
  },
  hypercube: {
    usage: 'hypercube:DIMENSIONS',
    counts: [1, 1],
    make: ([dimensions]) => hypercubeGraph({ dimensions: dimensions! }),
  },
  complete: {
    usage: 'complete:VERTICES',
    counts: [1, 1],
    make: ([n]) => completeGraph({ vertexCount: n! }),
  },
  cycle: {
    usage: 'cycle:VERTICES',
    counts: [1, 1],
    make: ([n]) => cycleGraph({ vertexCount: n! }),
  },
  empty: {
    usage: 'empty:VERTICES',
    counts: [1, 1],
    make: ([n]) => emptyGraph({ vertexCount: n! }),
  },
  path: { usage: 'path:VERTICES', counts: [1, 1], make: ([n]) => pathGraph({ vertexCount: n! }) },
  star: { usage: 'star:VERTICES', counts: [1, 1], make: ([n]) => starGraph({ vertexCount: n! }) },
}

/** The graph of `rmat:16`; `undefined` if the text does not look like a generator. */
export function generatorInput(
  input: string,
  seed: number | undefined,
  command: string,
): AnyGraph | undefined {
  const found = /^([a-z]{2,}[a-z-]*):(?!\/\/)(.*)$/.exec(input)
  if (found === null) return undefined
  const [, name = '', rest = ''] = found
  const generator = Object.hasOwn(GENERATORS, name) ? GENERATORS[name] : undefined
  if (generator === undefined) {
    const list = nearestFirst(name, Object.keys(GENERATORS)).join(', ')
    throw new UsageError(`generator "${name}" is not known; there are ${list}`, command)
  }
  const numbers = rest.split(/[:x]/).map(text => (text === '' ? Number.NaN : Number(text)))
  const [fewest, most] = generator.counts
  if (numbers.some(Number.isNaN) || numbers.length < fewest || numbers.length > most) {
    throw new UsageError(`write ${generator.usage}; got "${input}"`, command)
  }
  return generator.make(numbers, seed === undefined ? {} : { seed }) as unknown as AnyGraph
}
