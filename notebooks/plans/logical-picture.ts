import type { OutlineNode } from '../../engine/index.js'
import {
  entryRoles,
  isLoop,
  mergedArrows,
  type PlanArrow,
  type PlanLoop,
  type PlanPicture,
  RESULTS,
  roleOf,
} from './plan-picture.js'

/** The picture of a plan as it was written. */
export function logicalPicture(outline: readonly OutlineNode[]): PlanPicture {
  const ends = outline.flatMap(({ kind }, place) => (isLoop(kind) ? [place] : []))
  const loopOf = new Map(ends.map((place, loop) => [outline[place]!.loop, loop]))
  // By operation: the loops whose leaves it depends on; by loop: those around it.
  const depends: ReadonlySet<number>[] = []
  const around: ReadonlySet<number>[] = []
  for (const [place, { kind, inputs, loop: number }] of outline.entries()) {
    const all = new Set(inputs.flatMap(input => [...depends[input]!]))
    const loop = loopOf.get(number)
    if (loop !== undefined && number !== undefined) {
      if (isLoop(kind)) {
        all.delete(loop)
        around[loop] = new Set(all)
      } else all.add(loop)
    }
    depends[place] = all
  }
  const depth = (loop: number): number => 1 + Math.max(0, ...[...around[loop]!].map(depth))
  const innermost = (loops: ReadonlySet<number>) =>
    [...loops].toSorted((a, b) => depth(b) - depth(a))[0]
  const loops: PlanLoop[] = ends.map((_, loop) => ({
    title: 'every superstep',
    within: innermost(around[loop]!),
  }))
  const boxes = outline.map(({ label, kind }, id) => {
    const end = ends.indexOf(id)
    const loop = end >= 0 ? end : innermost(depends[id]!)
    return { id, kind, steps: [label], reasons: [], loop }
  })
  const arrows = outline.flatMap((node, place) => arrowsTo(outline, node, place))
  return { boxes, arrows: mergedArrows(arrows), loops }
}

/** The arrows that end at an operation; of a loop also those that enter its body, and lead back. */
function arrowsTo(
  outline: readonly OutlineNode[],
  { kind, inputs, loop }: OutlineNode,
  to: number,
): PlanArrow[] {
  if (!isLoop(kind)) return inputs.map(from => ({ from, to, feedback: false, label: '' }))
  const roles = entryRoles(kind)
  const leaf = (role: string) =>
    outline.findIndex(
      other => other.kind === 'loopInput' && other.loop === loop && roleOf(other.label) === role,
    )
  return [
    ...roles.flatMap((role, k): PlanArrow[] => {
      const [from, at] = [inputs[k]!, leaf(role)]
      if (at < 0) return [{ from, to, feedback: false, label: role }]
      return [
        { from, to: at, feedback: false, label: '' },
        { from: to, to: at, feedback: true, label: '' },
      ]
    }),
    ...inputs.slice(roles.length).map((from, k) => {
      return { from, to, feedback: false, label: RESULTS[kind][k] ?? '' }
    }),
  ]
}
