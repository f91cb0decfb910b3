/** Type tests: this file is compiled with the others and never run. */
import {
  type DataSet,
  from,
  type IteratedDataSet,
  type IterationResult,
  type StopReason,
  type SuperstepReport,
} from '../../engine/index.js'
import { expectType } from './expect-type.js'

interface Word {
  readonly word: string
  readonly count: number | null
}
interface Task {
  readonly of: string
}
declare const words: DataSet<Word>
declare const tasks: DataSet<Task>

// Bulk: the records of the body are those of the data set, and so is the result.
expectType<IteratedDataSet<Word>>().of(
  words.iterate({ maxIterations: 3 }, current => {
    expectType<DataSet<Word>>().of(current)
    return current.map(w => ({ word: w.word, count: w.count }))
  }),
)
expectType<IteratedDataSet<number>>().of(
  from([1, 2]).iterate({}, current => ({
    next: current.map(x => x + 1),
    untilEmpty: words.filter(w => w.word === ''),
  })),
)
words.iterate({ maxIterations: 3 }, current => current.filter(w => w.word !== 'a'))
// Narrower records are good enough, also those that a filter is seen to leave.
expectType<IteratedDataSet<Word>>().of(
  words.iterate({ maxIterations: 3 }, current => current.map(({ word }) => ({ word, count: 1 }))),
)
from([1, 2]).iterate({ maxIterations: 3 }, current => current.filter(x => x === 1))
// @ts-expect-error the next superstep needs the same records
words.iterate({ maxIterations: 3 }, current => current.select('word'))
// @ts-expect-error other records
words.iterate({ maxIterations: 3 }, () => tasks)
// @ts-expect-error a body returns a data set
words.iterate({ maxIterations: 3 }, () => 7)
// @ts-expect-error a sink is no data set
words.iterate({ maxIterations: 3 }, current => current.writeCsv('a.csv'))
// @ts-expect-error there is no such option
words.iterate({ maxIteration: 3 }, current => current)
// @ts-expect-error there is no such aggregator
words.iterate({ maxIterations: 3, aggregators: { change: 'average' } }, current => current)

// The context of functions in a body; aggregates are those of the superstep before, if there is one.
words.iterate(
  {
    maxIterations: 3,
    aggregators: {
      texts: {
        start: '',
        add: (a: string, b: string) => a + b,
        merge: (a: string, b: string) => a + b,
      },
    },
    until: ({ superstep, aggregate }) => {
      expectType<number>().of(superstep)
      expectType<number>().of(aggregate('change'))
      expectType<string>().of(aggregate<string>('texts'))
      return aggregate('change') < 1
    },
  },
  current =>
    current.map(
      (w, { superstep, aggregate, add, current, limit }) => {
        expectType<number>().of(superstep)
        expectType<number | null>().of(aggregate('change'))
        expectType<string | null>().of(aggregate<string>('texts'))
        expectType<readonly Word[]>().of(current)
        expectType<number>().of(limit)
        add('change', 1)
        add('n')
        return w
      },
      { with: { current, limit: 3 } },
    ),
)
// @ts-expect-error a criterion says yes or no
words.iterate({ until: () => 1 }, current => current)

// Delta: the solution set has the records of the data set, the workset its own.
expectType<IteratedDataSet<Word>>().of(
  words.iterateDelta(
    { workset: tasks, key: 'word', maxIterations: 3, onDuplicate: 'last' },
    ({ solution, workset }) => {
      expectType<DataSet<Word>>().of(solution)
      expectType<DataSet<Task>>().of(workset)
      const delta = workset
        .join(solution)
        .where('of')
        .equalTo('word')
        .with((_, w) => ({ word: w.word, count: 1 }))
      return { delta, workset: workset.filter(({ of }) => of === 'a') }
    },
  ),
)
words.iterateDelta({ workset: tasks, key: ['word', 'count'], maxIterations: 3 }, l => ({
  delta: l.solution,
  workset: l.workset,
}))
words.iterateDelta({ workset: tasks, key: w => w.word, maxIterations: 3 }, l => ({
  delta: l.solution,
  workset: l.workset,
}))
// @ts-expect-error there is no such field
words.iterateDelta({ workset: tasks, key: 'wrod', maxIterations: 3 })
// @ts-expect-error there is no such field among several
words.iterateDelta({ workset: tasks, key: ['word', 'cuont'], maxIterations: 3 })
// @ts-expect-error the key is one of the solution set, not of the workset
words.iterateDelta({ workset: tasks, key: 'of', maxIterations: 3 })
// @ts-expect-error a workset is needed
words.iterateDelta({ key: 'word', maxIterations: 3 })
words.iterateDelta(
  { workset: tasks, key: 'word', maxIterations: 3 },
  // @ts-expect-error the delta has records of the solution set
  ({ workset }) => ({ delta: workset, workset }),
)
words.iterateDelta(
  { workset: tasks, key: 'word', maxIterations: 3 },
  // @ts-expect-error the next workset has records of the workset
  ({ solution }) => ({ delta: solution, workset: solution }),
)

// Loops that are opened without a body.
const open = words.iterate({ maxIterations: 3 })
expectType<DataSet<Word>>().of(open.current)
expectType<IteratedDataSet<Word>>().of(open.closeWith(open.current))
expectType<IteratedDataSet<Word>>().of(open.closeWith(open.current, tasks))
// @ts-expect-error other records
open.closeWith(tasks)
const delta = words.iterateDelta({ workset: tasks, key: 'word', maxIterations: 3 })
expectType<DataSet<Word>>().of(delta.solution)
expectType<DataSet<Task>>().of(delta.workset)
expectType<IteratedDataSet<Word>>().of(delta.closeWith(delta.solution, delta.workset))
// @ts-expect-error delta and workset in this order
delta.closeWith(delta.workset, delta.solution)

// Results.
async function results(loop: IteratedDataSet<Word>): Promise<void> {
  const result = await loop.run({ onProgress: ({ loop }) => loop?.superstep })
  expectType<IterationResult<Word>>().of(result)
  expectType<DataSet<Word>>().of(result.data)
  expectType<number>().of(result.iterations)
  expectType<boolean>().of(result.converged)
  expectType<StopReason>().of(result.stoppedBy)
  expectType<readonly SuperstepReport[]>().of(result.history)
  expectType<number | undefined>().of(result.history[0]?.workset)
  expectType<unknown>().of(result.history[0]?.change)
  expectType<Word[]>().of(await loop.collect())
}
void results
