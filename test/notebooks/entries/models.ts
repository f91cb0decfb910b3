import { from } from '../../../engine/index.js'
import {
  type DecisionNode,
  gradientBoostedClassifier,
  linearRegression,
  logisticRegression,
  pipeline,
  standardScaler,
} from '../../../ml/index.js'
import { drawDecisionTree, drawPipeline } from '../../../notebooks/index.js'
import type { FigureEntry } from '../figure-entries.js'

const HOSTILE = '</title><script>alert(1)</script>"\'&😀\u0000\ud800'

const trips = from(
  Array.from({ length: 400 }, (_, k) => ({
    hour: k % 24,
    miles: (k * 7919) % 2500,
    [HOSTILE]: k % 7,
    late: (k % 24) * 100 + ((k * 7919) % 2500) > 2400,
  })),
)

const boosted = (features: readonly string[]) =>
  gradientBoostedClassifier({ features, label: 'late', maxIterations: 3 }).learn(trips, {})

/** A tree that asks so many questions in a row. */
function chain(depth: number): DecisionNode {
  let node: DecisionNode = { value: 1 }
  for (let k = 0; k < depth; k++) {
    const [threshold, above] = [k, { value: k % 2 === 0 ? -k : k }]
    node = { feature: 'x', threshold, missingAtMost: true, atMost: node, above }
  }
  return node
}

/** A tree with all its leaves at one depth. */
function full(depth: number): DecisionNode {
  if (depth === 0) return { value: 0.5 }
  const [atMost, above] = [full(depth - 1), full(depth - 1)]
  return { feature: `x${depth}`, threshold: Infinity, missingAtMost: false, atMost, above }
}

const TREES: Readonly<Record<string, DecisionNode>> = {
  single: { value: 0.25 },
  hostile: {
    feature: HOSTILE,
    threshold: 1e-300,
    missingAtMost: true,
    atMost: { value: 1e300 },
    above: { value: -1e300 },
  },
  'NaN and infinite': {
    feature: 'x',
    threshold: Number.NaN,
    missingAtMost: true,
    atMost: { value: Number.NaN },
    above: { value: Infinity },
  },
  'all NaN': { value: Number.NaN },
  deep: chain(3000),
  huge: full(12),
}

const usual = pipeline(
  standardScaler({ features: ['hour', 'miles'] }),
  logisticRegression({ label: 'late' }),
)

const PIPELINES = {
  usual,
  single: linearRegression({ label: 'y' }),
  hostile: pipeline(
    standardScaler({ features: [HOSTILE, 'a field with a very long name that does not fit'] }),
    logisticRegression({ label: HOSTILE }),
  ),
  huge: pipeline(standardScaler(), ...Array.from({ length: 30 }, () => standardScaler())),
}

/** Trees and pipelines. */
export const MODEL_ENTRIES: readonly FigureEntry[] = [
  {
    figure: 'drawDecisionTree',
    data: 'usual',
    draw: async (o?: object) => {
      const model = await boosted(['hour', 'miles'])
      return drawDecisionTree((model as never as Boosted).tree(1), { ...o })
    },
  },
  ...Object.entries(TREES).map(([data, root]) => ({
    figure: 'drawDecisionTree',
    data,
    draw: (o?: object) => {
      return drawDecisionTree({ iteration: 1, output: HOSTILE, root }, { depth: 50, ...o })
    },
  })),
  ...Object.entries(PIPELINES).map(([data, estimator]) => ({
    figure: 'drawPipeline',
    data,
    draw: (o?: object) => drawPipeline(estimator, { ...o }),
  })),
  {
    figure: 'drawPipeline',
    data: 'usual, fitted',
    draw: async (o?: object) => drawPipeline(await usual.learn(trips, {}), { ...o }),
  },
  {
    figure: 'drawPipeline',
    data: 'hostile, fitted',
    draw: async (o?: object) => {
      const scaler = standardScaler({ features: [HOSTILE, 'hour'] })
      const model = await pipeline(scaler, logisticRegression({ label: 'late' })).learn(trips, {})
      return drawPipeline(model, { ...o })
    },
  },
]

interface Boosted {
  tree(iteration: number): Parameters<typeof drawDecisionTree>[0]
}
