/** What programs in all three models answer; as a program of its own it prints them. */
import { pathToFileURL } from 'node:url'
import { gatherSumApply } from '../../../gelly/models/gather-sum-apply.js'
import type { ModelOutcome } from '../../../gelly/models/model-loop.js'
import { scatterGather } from '../../../gelly/models/scatter-gather.js'
import { vertexCentric } from '../../../gelly/models/vertex-centric.js'
import { zoo } from '../zoo.js'
import { modelData } from './model-graph.js'

/** Values and histories of programs on some graphs, as text. */
export async function answers(): Promise<string> {
  const all: unknown[] = []
  for (const graph of zoo.filter((_, k) => k % 3 === 1)) {
    const data = await modelData(graph)
    const take = ({ values, report }: ModelOutcome) => {
      const history = report.history.map(({ ms: _, ...rest }) => rest)
      all.push(graph.name, history)
      for (let v = 0; v < graph.vertexCount; v++) all.push(values.get(v))
    }
    const initial = ({ id }: { id: unknown }) => Number(String(id).slice(1)) / 3
    const common = { initial, maxIterations: 6 }
    const sum = (a: unknown, b: unknown) => (a as number) + (b as number)
    const share = 2 + all.length * 0
    take(
      await gatherSumApply(data, {
        ...common,
        gather: (neighbour, edge) =>
          ((neighbour.value as number) * (edge.value as number)) / (neighbour.outDegree * share),
        sum,
        apply: (total, vertex) => (total as number) / 2 + vertex.inDegree,
      }),
    )
    for (const combine of [undefined, sum]) {
      take(
        await vertexCentric(data, {
          ...common,
          ...(combine && { combine }),
          compute(vertex, messages, context) {
            context.setValue({
              sum: messages.sum(),
              from: (vertex.value as { sum?: number }).sum ?? 0,
            })
            if (context.superstep < 4) context.sendToNeighbors(messages.sum(1) / 3)
          },
        }),
      )
    }
    take(
      await scatterGather(data, {
        ...common,
        scatter: (vertex, { sendToNeighbors }) =>
          sendToNeighbors(
            (edge: { value: unknown }) => (vertex.value as number) + (edge.value as number),
          ),
        gather: (vertex, messages, { setValue }) => setValue(messages.min(vertex.value as number)),
      }),
    )
  }
  return JSON.stringify(all)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.log(await answers())
