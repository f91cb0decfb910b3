import { ArgumentError } from '../errors.js'
import { shown } from '../types/column-writer.js'
import type { DataSet } from './data-set.js'
import type { IteratedDataSet } from './iterated.js'
import type { IterateDeltaOptions, IterateOptions } from './loop-options.js'
import { type BulkResult, type DeltaResult, OpenDeltaIteration, OpenIteration } from './loops.js'
import { Runnable } from './runnable.js'

/**
 * What computes a data set in a loop that is part of the dataflow: its body is described once, and
 * runs as often as needed.
 *
 * @typeParam T The records.
 */
export class Looping<T> extends Runnable<T> {
  /**
   * A bulk iteration: the body's result takes the place of the records, again and again.
   *
   * Functions of the body find `superstep`, `add(name, value)` and `aggregate(name)` in their
   * context. What does not depend on the loop is computed once, also the tables of its joins.
   *
   * @param body Gets the records of the current superstep; returns those of the next one, or
   *   `{ next, untilEmpty }`. Called once. Without a body, close the loop with `closeWith`.
   * @throws {ArgumentError} If an option is wrong, or nothing would end the loop.
   * @throws {PlanError} If the body does not use its records, or ends in a sink.
   * @example
   * from([1, 10]).iterate({ maxIterations: 3 }, numbers => numbers.map(x => x * 2)) // 8, 80
   */
  iterate<U extends T = T>(
    options: IterateOptions,
    body: (current: DataSet<T>) => DataSet<U> | BulkResult<U>,
  ): IteratedDataSet<T>
  iterate(options: IterateOptions): OpenIteration<T>
  iterate(
    options: IterateOptions,
    body?: (current: DataSet<T>) => DataSet<T> | BulkResult<T>,
  ): IteratedDataSet<T> | OpenIteration<T> {
    const loop = new OpenIteration<T>(this.flow, options)
    if (body === undefined) return loop
    checkBody(body, 'iterate')
    const result = body(loop.current)
    if (typeof result !== 'object' || result === null || !('next' in result)) {
      return loop.closeWith(result as DataSet<T>)
    }
    return loop.closeWith(result.next, result.untilEmpty)
  }

  /**
   * A delta iteration: these records are a solution set with a unique key, of which each superstep
   * changes only what its workset reaches. Ends when the workset is empty. Gives the solution set.
   *
   * A join or coGroup of the body with `solution` by its key looks records up and costs what its
   * other side costs; a coGroup then calls its function for keys of the other side only. Changes are
   * seen from the next superstep on.
   *
   * @param options.workset The first workset.
   * @param options.key What is unique: a field, several, or a function of the record.
   * @param body Gets `{ solution, workset }`; returns `{ delta, workset }`, where `delta` has records
   *   to replace or insert. Called once. Without a body, close the loop with `closeWith`.
   * @throws {ArgumentError} If an option is wrong; when run, if initial records have one key.
   * @throws {PlanError} If the body does not use its workset, or ends in a sink.
   * Cost: a superstep costs what its workset costs. The solution set stays in memory.
   * @example
   * const start = from([{ id: 1, left: 2 }, { id: 2, left: 0 }])
   * start.iterateDelta({ workset: start, key: 'id', maxIterations: 9 }, ({ workset }) => {
   *   const less = workset.filter(w => w.left > 0).map(w => ({ ...w, left: w.left - 1 }))
   *   return { delta: less, workset: less }
   * }) // { id: 1, left: 0 }, { id: 2, left: 0 }
   */
  iterateDelta<W, U extends T = T, V extends W = W>(
    options: IterateDeltaOptions<T, W>,
    body: (loop: {
      readonly solution: DataSet<T>
      readonly workset: DataSet<W>
    }) => DeltaResult<U, V>,
  ): IteratedDataSet<T>
  iterateDelta<W>(options: IterateDeltaOptions<T, W>): OpenDeltaIteration<T, W>
  iterateDelta<W>(
    options: IterateDeltaOptions<T, W>,
    body?: (loop: OpenDeltaIteration<T, W>) => DeltaResult<T, W>,
  ): IteratedDataSet<T> | OpenDeltaIteration<T, W> {
    const loop = new OpenDeltaIteration<T, W>(this.flow, options)
    if (body === undefined) return loop
    checkBody(body, 'iterateDelta')
    const result: unknown = body(loop)
    if (typeof result !== 'object' || result === null || !('delta' in result)) {
      throw new ArgumentError(
        `iterateDelta: the body must return { delta, workset }; got ${shown(result)}.`,
      )
    }
    const { delta, workset, untilEmpty } = result as DeltaResult<T, W>
    return loop.closeWith(delta, workset, untilEmpty)
  }
}

function checkBody(body: unknown, operation: string): void {
  if (typeof body === 'function') return
  throw new ArgumentError(
    `${operation}: the body must be a function that returns a data set; got ${shown(body)}.`,
  )
}
