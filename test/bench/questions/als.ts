/**
 * Alternating least squares for a million implicit ratings of 4000 items by 6000 users, 16 factors, ten
 * iterations, from the same factors to begin with: from columns in memory to the model.
 *
 * Rival: implicit, with the same equations by Cholesky, and as it is set up by default: with three steps
 * of conjugate gradients instead, which is another method and ends elsewhere; its objective is computed
 * alike and must not be more than a hundredth below wiesel's.
 * Run: `npm run bench -- als`.
 */
import { Random } from '../../../engine/extend.js'
import { als as estimator } from '../../../ml/index.js'
import { initialFactors } from '../../../ml/recommendation/initial-factors.js'
import { readFloat64, readInt32 } from '../learning-data.js'
import { learningBenchmark } from '../learning-tasks.js'

const USERS = 6000
const ITEMS = 4000
const FACTORS = 16
const ITERATIONS = 10
const L2 = 0.1
const ALPHA = 2

const options = { users: USERS, factors: FACTORS, iterations: ITERATIONS, l2: L2, alpha: ALPHA }

export const als = learningBenchmark({
  name: 'als',
  question: `alternating least squares, ${FACTORS} factors, ${ITERATIONS} iterations`,
  records: 1_000_000,
  unit: 'rating and iteration',
  input(records) {
    const random = new Random(1)
    const [users, items] = [new Int32Array(records), new Int32Array(records)]
    const counts = Float64Array.from({ length: records }, () => 1 + random.int(5))
    const taken = new Uint8Array(USERS * ITEMS)
    const present = new Uint8Array(ITEMS)
    for (let k = 0; k < records; ) {
      const user = Math.floor(USERS * random.next() ** 1.5)
      // Half of what is liked is what all like, the other half what such users like.
      const popular = Math.floor((ITEMS + 1) ** random.next()) - 1
      const own = ((user % 20) * (ITEMS / 20) + random.int(ITEMS / 10)) % ITEMS
      const item = random.next() < 0.5 ? popular : own
      if (taken[user * ITEMS + item] === 1) continue
      taken[user * ITEMS + item] = present[item] = 1
      users[k] = user
      items[k++] = item
    }
    const ids = Array.from({ length: ITEMS }, (_, item) => item)
    const start = initialFactors(ids, FACTORS, FACTORS, 0)
    // Items that nobody has rated take no part.
    return {
      users,
      items,
      counts,
      start: start.map((x, k) => x * present[Math.floor(k / FACTORS)]!),
    }
  },
  load: ({ folder }, environment) =>
    environment.fromColumns({
      user: readInt32(folder, 'users'),
      item: readInt32(folder, 'items'),
      rating: readFloat64(folder, 'counts'),
    }),
  fit: data =>
    estimator({
      factors: FACTORS,
      iterations: ITERATIONS,
      regularization: L2,
      weighted: false,
      implicit: true,
      alpha: ALPHA,
    })
      .fit(data)
      .then(model => ({ model, data })),
  answer: async ({ model, data }) => ({ objective: await model.empiricalRisk(data) }),
  work: ({ records }) => records * ITERATIONS,
  atMost: { objective: 0.01 },
  rivals: {
    'implicit, Cholesky': { program: 'als', options: { ...options, cg: false } },
    'implicit, conjugate gradients': { program: 'als', options: { ...options, cg: true } },
  },
})
