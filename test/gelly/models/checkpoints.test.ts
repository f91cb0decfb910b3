import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { FunctionError, PlanError } from '../../../engine/index.js'
import { gatherSumApply } from '../../../gelly/models/gather-sum-apply.js'
import type { ModelOutcome } from '../../../gelly/models/model-loop.js'
import { scatterGather } from '../../../gelly/models/scatter-gather.js'
import { vertexCentric } from '../../../gelly/models/vertex-centric.js'
import { randomGraph } from '../zoo.js'
import { modelData } from './model-graph.js'

const graph = randomGraph(200, 700, 5)
/** The superstep in which the programs fail; not part of what they say. */
let failIn = 0
const maybeFail = (superstep: number) => {
  if (superstep === failIn) throw new Error('killed')
}
const common = {
  maxIterations: 12,
  initial: ({ id }: { id: unknown }) => Number(String(id).slice(1)),
}

const programs: Readonly<
  Record<string, (checkpoint?: { directory: string }, extra?: object) => Promise<ModelOutcome>>
> = {
  'vertex-centric with a combiner': async (checkpoint, extra) =>
    vertexCentric(await modelData(graph), {
      ...common,
      combine: (a, b) => Math.min(a as number, b as number),
      compute(vertex, messages, context) {
        maybeFail(context.superstep)
        const best = messages.min(vertex.value as number)
        if (context.superstep > 1 && best >= (vertex.value as number)) return
        context.setValue(best)
        context.sendToNeighbors(best)
      },
      ...(checkpoint && { checkpoint }),
      ...extra,
    }),
  'vertex-centric with lists and votes': async (checkpoint, extra) =>
    vertexCentric(await modelData(graph), {
      ...common,
      halt: 'vote',
      compute(vertex, messages, context) {
        maybeFail(context.superstep)
        const text = messages.toArray().join('-')
        const before = context.aggregate('total') ?? 0
        context.setValue(`${String(vertex.value)}/${text.length}/${before % 7}`)
        context.add('total', text.length)
        if (context.superstep % 3 === 1) context.sendToNeighbors(vertex.value)
        if ((text.length + context.superstep) % 5 === 0) context.voteToHalt()
      },
      ...(checkpoint && { checkpoint }),
      ...extra,
    }),
  'scatter-gather': async (checkpoint, extra) =>
    scatterGather(await modelData(graph), {
      ...common,
      scatter(vertex, context) {
        maybeFail(context.superstep)
        context.sendToNeighbors(vertex.value)
      },
      gather: (vertex, messages, { setValue }) => setValue(messages.min(vertex.value as number)),
      ...(checkpoint && { checkpoint }),
      ...extra,
    }),
  'gather-sum-apply from changed neighbours': async (checkpoint, extra) =>
    gatherSumApply(await modelData(graph), {
      ...common,
      gatherFrom: 'changed',
      gather: neighbour => neighbour.value,
      sum: (a, b) => Math.min(a as number, b as number),
      apply(least, vertex, { superstep }) {
        maybeFail(superstep)
        return Math.min(least as number, vertex.value as number)
      },
      ...(checkpoint && { checkpoint }),
      ...extra,
    }),
}

async function temporary(t: ExecutionContext): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'wiesel-models-'))
  t.teardown(() => rm(directory, { recursive: true, force: true }))
  return directory
}

for (const [name, run] of Object.entries(programs)) {
  test.serial(`${name}: a killed program goes on where it stood`, async t => {
    const directory = await temporary(t)
    failIn = 0
    const whole = await run()
    failIn = 4
    await t.throwsAsync(run({ directory }), { instanceOf: FunctionError, message: /killed/ })
    t.not((await readdir(directory)).length, 0)
    failIn = 0
    await t.throwsAsync(run({ directory }, { maxIterations: 13 }), {
      instanceOf: PlanError,
      message: /is of another program: the plan differs at "options"/,
    })
    const { report, values } = await run({ directory })
    const rows = ({ history }: typeof report) => history.map(({ ms: _, ...rest }) => rest)
    t.deepEqual(rows(report), rows(whole.report).slice(3))
    t.is(report.iterations, whole.report.iterations)
    for (let v = 0; v < graph.vertexCount; v++) t.deepEqual(values.get(v), whole.values.get(v))
    t.deepEqual(await readdir(directory), [])
  })
}
