import type { ExplainedNode, ExplainedPlan } from '../../engine/index.js'
import { grouped } from '../data/finite.js'
import {
  entryRoles,
  isLoop,
  mergedArrows,
  type PlanArrow,
  type PlanBox,
  type PlanLoop,
  type PlanPicture,
  roleOf,
} from './plan-picture.js'

/** How leaves are called that stand for what is computed once, outside of the loop. */
const CONSTANT = 'the same in every superstep: '

/** The picture of a plan as it runs, or ran. */
export function physicalPicture({ nodes }: ExplainedPlan): PlanPicture {
  const byId = new Map(nodes.map(node => [node.id, node]))
  const ends = nodes.filter(({ kind, body }) => isLoop(kind) && body !== undefined)
  const bodies = ends.map(end => bodyOf(end, byId))
  const inside = new Map(bodies.flatMap((body, loop) => [...body].map(id => [id, loop] as const)))
  const standsFor = new Map(ends.flatMap((end, loop) => constantsOf(end, bodies[loop]!, byId)))
  const origin = (id: number): number => {
    const of = standsFor.get(id)
    return of === undefined ? id : origin(of)
  }
  const loops = ends.map(({ id, actual }): PlanLoop => {
    const steps = actual?.supersteps
    return {
      title:
        steps === undefined
          ? 'every superstep'
          : `${grouped(steps)} ${steps === 1 ? 'superstep' : 'supersteps'}`,
      within: inside.get(id),
    }
  })
  const boxes = nodes
    .filter(({ id }) => !standsFor.has(id))
    .map(node => boxOf(node, ends.indexOf(node) >= 0 ? ends.indexOf(node) : inside.get(node.id)))
  const arrows = nodes
    .filter(({ id }) => !standsFor.has(id))
    .flatMap(node => {
      const loop = ends.indexOf(node)
      if (loop >= 0) return loopArrows(node, bodies[loop]!, byId)
      return node.inputs.map(from => ({ from, to: node.id, feedback: false, label: '' }))
    })
    .map(arrow => ({ ...arrow, from: origin(arrow.from) }))
  return { boxes, arrows: mergedArrows(arrows), loops }
}

type Nodes = ReadonlyMap<number, ExplainedNode>

/** The operations of a body, without those of loops within. */
function bodyOf({ body = [] }: ExplainedNode, byId: Nodes): ReadonlySet<number> {
  const found = new Set<number>()
  const visit = (id: number) => {
    if (found.has(id)) return
    found.add(id)
    for (const input of byId.get(id)?.inputs ?? []) visit(input)
  }
  for (const { id } of body) visit(id)
  return found
}

/** The leaves of a body that stand for inputs of the loop, with those inputs. */
function constantsOf(
  { kind, inputs }: ExplainedNode,
  body: ReadonlySet<number>,
  byId: Nodes,
): [number, number][] {
  if (!isLoop(kind)) return []
  const given = inputs.slice(entryRoles(kind).length)
  return [...body]
    .filter(id => byId.get(id)!.label.startsWith(CONSTANT))
    .toSorted((a, b) => a - b)
    .flatMap((id, k): [number, number][] => {
      const label = byId.get(id)!.label.slice(CONSTANT.length)
      const input = given.find(input => byId.get(input)?.label === label) ?? given[k]
      return input === undefined ? [] : [[id, input]]
    })
}

/** The arrows of a loop: into its body, from the body's results to it, and back. */
function loopArrows(node: ExplainedNode, body: ReadonlySet<number>, byId: Nodes): PlanArrow[] {
  if (!isLoop(node.kind)) return []
  return [
    ...entryRoles(node.kind).flatMap((role, k): PlanArrow[] => {
      const from = node.inputs[k]
      if (from === undefined) return []
      const leaf = [...body].find(id => roleOf(byId.get(id)!.label) === role)
      if (leaf === undefined) return [{ from, to: node.id, feedback: false, label: role }]
      return [
        { from, to: leaf, feedback: false, label: '' },
        { from: node.id, to: leaf, feedback: true, label: '' },
      ]
    }),
    ...(node.body ?? []).map(({ result, id }) => {
      return { from: id, to: node.id, feedback: false, label: result }
    }),
  ]
}

function boxOf(node: ExplainedNode, loop: number | undefined): PlanBox {
  const { id, kind, steps, reasons, functions, estimatedRows, actual } = node
  const plain = functions.flatMap(({ text, reason }) =>
    reason === undefined ? [] : [`${text}: ${reason}`],
  )
  return { id, kind, steps, reasons: [...reasons, ...plain], loop, estimatedRows, actual }
}
