/** The workers of this process. They start when they are needed, and serve one job after the other. */
import { startWorker, type WorkerHandle } from './worker-handle.js'

const idle: WorkerHandle[] = []

/** So many workers, those that are idle first. They must be given back. */
export async function takeWorkers(count: number): Promise<readonly WorkerHandle[]> {
  const taken = idle.filter(worker => !worker.isDead).slice(0, count)
  idle.splice(0, idle.length, ...idle.filter(worker => !worker.isDead && !taken.includes(worker)))
  while (taken.length < count) taken.push(await startWorker())
  for (const worker of taken) worker.hold(true)
  return taken
}

/** Makes workers idle again; those that are dead are forgotten. */
export function giveBack(workers: readonly WorkerHandle[]): void {
  for (const worker of workers) {
    worker.listener = undefined
    if (worker.isDead) continue
    worker.hold(false)
    idle.push(worker)
  }
}
