import test from 'ava'
import { createKernelTeam, createRegion } from '../../../engine/extend.js'
import { boost } from '../../../ml/trees/boosting.js'
import type { BoostingParameters } from '../../../ml/trees/boosting-options.js'
import type { LossName } from '../../../ml/trees/losses.js'
import { randomFrom } from '../../support/random.js'

const PARAMETERS: BoostingParameters = {
  ...{ maxIterations: 4, learningRate: 0.3, maxLeaves: 9, maxDepth: Number.POSITIVE_INFINITY },
  ...{ minLeafRecords: 3, l2: 0.5, maxBins: 60, subsample: 0.7, earlyStopping: true },
  ...{ heldOut: 0.2, patience: 10, tolerance: 0, seed: 3 },
}

for (const loss of ['squared', 'absolute', 'logistic', 'multinomial'] satisfies LossName[]) {
  for (const weighted of [false, true]) {
    for (const size of [1, 5, 8]) {
      const title = `${loss}, ${size} features${weighted ? ', weights' : ''}`
      test(`both forms grow the same trees, on one thread and on two: ${title}`, async t => {
        const random = randomFrom(size)
        const length = 900
        const values = random.array(length * size, () =>
          random.chance(0.05) ? Number.NaN : Math.round(40 * random.next()),
        )
        const classes = loss === 'multinomial' ? 3 : loss === 'logistic' ? 2 : 0
        const labels = random.array(length, () =>
          classes > 0 ? random.int(classes) : random.next(),
        )
        const shares = random.array(length, () => random.int(3))
        const found: string[] = []
        for (const [webAssembly, workers] of [
          [true, 1],
          [false, 1],
          [true, 2],
        ] as const) {
          const region = createRegion()
          const team = createKernelTeam(region, { webAssembly, workers, grain: 50 })
          await team.start()
          const rows = { kind: 'dense', length, size, values: region.float64(values) } as const
          const targets = {
            labels: classes > 0 ? region.int32(labels) : region.float64(labels),
            weights: weighted ? region.float64(shares) : null,
          }
          const data = { rows, targets, loss: { name: loss, parameter: 0 }, classes }
          const boosted = await boost(team, data, PARAMETERS, { operation: 'test' })
          team.close()
          found.push(JSON.stringify(boosted, plain))
        }
        t.regex(found[0]!, /"lefts":\[1,/)
        t.is(found[1], found[0])
        t.is(found[2], found[0])
      })
    }
  }
}

function plain(_: string, value: unknown): unknown {
  return ArrayBuffer.isView(value) ? Array.from(value as Float64Array) : value
}
