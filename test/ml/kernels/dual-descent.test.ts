import test from 'ava'
import { createKernelTeam, createRegion } from '../../../engine/extend.js'
import { dualCoordinateDescent } from '../../../ml/linear/dual-coordinate-descent.js'
import { randomProblem } from './random-problem.js'

for (const kind of ['dense', 'sparse'] as const) {
  for (const squared of [false, true]) {
    for (const size of [1, 4, 7]) {
      test(`${squared ? 'squared hinge' : 'hinge'} of ${kind} rows of ${size} is the same in both forms`, async t => {
        const region = createRegion()
        const { signs: labels, weights, ...rows } = randomProblem(region, 90, size, size)
        const [fast, plain] = await Promise.all(
          [true, false].map(webAssembly =>
            dualCoordinateDescent(
              createKernelTeam(region, { webAssembly }),
              { rows: rows[kind], labels, weights, squared, intercept: true, l2: 0.5 },
              {
                ...{ maxIterations: 200, tolerance: 1e-6, seed: 1 },
                ...{ run: { operation: 'test' }, program: {} },
              },
            ),
          ),
        )
        t.deepEqual(fast, plain)
        t.true(fast!.history.at(-1)! < 0)
      })
    }
  }
}
