import { ArgumentError, PlanError } from '../errors.js'
import type { SinkNode } from '../plan/node.js'
import type { JobResult } from '../runtime/job/job-result.js'
import type { Host, RunOptions } from './host.js'

/**
 * A data set on its way to a file or another sink. Nothing is written until it runs: `await` it, or
 * call `run` for options, or give several to `execute` so that they run as one job.
 *
 * @example await busiest.writeCsv('busiest.csv')
 */
export class DataSink implements PromiseLike<JobResult> {
  /** @internal The environment that runs it. */
  readonly host: Host
  /** The plan that ends in the sink. */
  readonly node: SinkNode

  /** @internal Use `writeCsv` and its kin, or `to`. */
  constructor(host: Host, node: SinkNode) {
    this.host = host
    this.node = node
  }

  /**
   * Runs the job that fills the sink.
   *
   * @returns What the job took, its accumulators, and how many records were written.
   * @example const { milliseconds } = await busiest.writeCsv('busiest.csv').run({ signal })
   */
  async run(options?: RunOptions): Promise<JobResult> {
    return (await this.host.run([this.node], options)).result
  }

  /** Runs the job; this is what `await` calls. */
  // biome-ignore lint/suspicious/noThenProperty: a sink is meant to be awaited.
  then<A = JobResult, B = never>(
    fulfilled?: ((result: JobResult) => A | PromiseLike<A>) | null,
    rejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.run().then(fulfilled, rejected)
  }
}

/**
 * Runs several sinks as one job: what they share is computed once. No result
 * becomes visible before all are computed; they then get their names one after the other, so that
 * only a name taken in the meantime or a disk that fails can leave some without the others.
 *
 * @returns What the job took, its accumulators, and how many records each sink was given.
 * @throws {ArgumentError} If there is no sink, or something else among them.
 * @throws {PlanError} If the sinks belong to different environments.
 * @example const { milliseconds } = await execute([a.writeCsv('a.csv'), b.writeCsv('b.csv')])
 */
export async function execute(
  sinks: readonly DataSink[],
  options?: RunOptions,
): Promise<JobResult> {
  if (!Array.isArray(sinks) || !sinks.length || !sinks.every(sink => sink instanceof DataSink)) {
    throw new ArgumentError(
      "execute: give a list of sinks, as in execute([words.writeCsv('words.csv')]).",
    )
  }
  const { host } = sinks[0] as DataSink
  if (sinks.some(sink => sink.host !== host)) {
    throw new PlanError('execute: the sinks of one job must belong to one environment.')
  }
  const nodes = sinks.map(sink => sink.node)
  return (await host.run(nodes, options)).result
}
