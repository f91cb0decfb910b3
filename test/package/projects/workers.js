/** A job that runs in workers, with what `explain()` says about it. */
export async function workersJob({ ExecutionEnvironment, count, sum }) {
  const env = new ExecutionEnvironment({ parallelism: 2, parallelFrom: 0, progress: false })
  const groups = env
    .generateSequence(1, 1000)
    .filter('value > 10')
    .map(n => ({ last: n % 10, n }))
    .groupBy('last')
    .aggregate({ numbers: count(), sum: sum('n') })
    .orderBy('last')
    .first(1)
  const result = await groups.collect()
  const where = (await groups.explain()).split('\n').find(line => line.startsWith('runs'))
  return { where, result }
}
