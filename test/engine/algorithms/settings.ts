import { type EnvironmentOptions, ExecutionEnvironment } from '../../../engine/index.js'

/** Ways of running a loop that must not change its result. */
const SETTINGS: Readonly<Record<string, EnvironmentOptions>> = {
  'one worker': {},
  'three workers': { parallelism: 3, parallelFrom: 0 },
  'no optimizer': { optimizer: false },
  'three workers, no optimizer': { parallelism: 3, parallelFrom: 0, optimizer: false },
  'no generated code': { codegen: false },
  'little memory': { memory: '64 KiB' },
}

/**
 * Does something in an environment of every setting, one after the other.
 *
 * @throws {Error} Naming the setting, with the cause.
 */
export async function inEverySetting(
  run: (env: ExecutionEnvironment) => Promise<void>,
): Promise<void> {
  for (const [name, options] of Object.entries(SETTINGS)) {
    try {
      await run(new ExecutionEnvironment({ progress: false, ...options }))
    } catch (cause) {
      throw new Error(`${name}: ${(cause as Error).message}`, { cause })
    }
  }
}
