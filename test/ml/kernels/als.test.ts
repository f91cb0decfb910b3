import test from 'ava'
import { createKernelTeam, createRegion } from '../../../engine/extend.js'
import { alsKernels, scratchSize } from '../../../ml/kernels/als.js'
import { randomFrom } from '../../support/random.js'

interface Shape {
  readonly rank: number
  readonly mode: number
  readonly rows?: number
  readonly lambda?: number
}

/** What both forms make of random ratings. */
async function solved({ rank, mode, rows = 40, lambda = 0.1 }: Shape, webAssembly: boolean) {
  const random = randomFrom(rank + 100 * mode)
  const region = createRegion()
  const stride = 4 * Math.ceil(rank / 4)
  const columns = 30
  const fill = (length: number) => {
    const factors = region.float64(length * stride)
    for (let row = 0; row < length; row++) {
      for (let k = 0; k < rank; k++) factors[row * stride + k] = random.between(0, 1)
    }
    return factors
  }
  const [others, factors] = [fill(columns), fill(rows)]
  const offsets = region.int32(rows + 1)
  const entries: [number, number][] = []
  for (let row = 0; row < rows; row++) {
    // Some rows have none, some more than a block.
    const count = row % 7 === 0 ? 0 : row % 5 === 0 ? 150 : 1 + random.int(20)
    for (let k = 0; k < count; k++) entries.push([random.int(columns), random.int(6)])
    offsets[row + 1] = entries.length
  }
  const indices = region.int32(entries.map(([column]) => column))
  const values = region.float64(entries.map(([, value]) => value))
  const team = createKernelTeam(region, { webAssembly })
  const kernels = await team.load(alsKernels)
  const common = region.float64(stride * stride)
  const starts = region.int32([0, 1, 1, rows])
  const sums = region.float64(3 * stride * stride)
  if ((mode & 1) !== 0) {
    await kernels.gram(
      Int32Array.from([0, 10, 10, columns]),
      others,
      stride,
      sums,
      region.int32([0, 10, 10, columns]),
    )
    for (let k = 0; k < stride * stride; k++) common[k] = sums[k]! + sums[2 * stride * stride + k]!
  }
  const losses = region.float64(rows)
  const penalties = region.float64(rows)
  const scratch = region.float64(3 * scratchSize(stride))
  const failed = await kernels.solveRows(
    Int32Array.from(starts),
    offsets,
    indices,
    values,
    others,
    common,
    factors,
    losses,
    penalties,
    scratch,
    starts,
    rank,
    stride,
    lambda,
    2,
    mode,
  )
  return {
    rank,
    stride,
    rows,
    offsets,
    indices,
    values,
    others,
    factors,
    losses,
    penalties,
    failed,
    common,
  }
}

for (const rank of [1, 2, 3, 4, 5, 8, 10, 16, 21]) {
  for (const mode of [0, 1, 2, 3, 4, 7]) {
    test(`WebAssembly gives what the plain form gives, bit by bit: rank ${rank}, mode ${mode}`, async t => {
      const [one, other] = await Promise.all([
        solved({ rank, mode }, true),
        solved({ rank, mode }, false),
      ])
      t.deepEqual(one.factors, other.factors)
      t.deepEqual(one.losses, other.losses)
      t.deepEqual(one.penalties, other.penalties)
      t.deepEqual([...one.failed], [-1, -1, -1])
      t.true(one.factors.some(value => value !== 0))
    })
  }
}
