import { ExecutionEnvironment } from '../../engine/index.js'

/** One thread, and three workers that take also the smallest jobs. */
export const environments = [
  { name: 'one thread', env: new ExecutionEnvironment({ progress: false }) },
  {
    name: '3 workers',
    env: new ExecutionEnvironment({ parallelism: 3, parallelFrom: 0, progress: false }),
  },
] as const
