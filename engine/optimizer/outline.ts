import { inputsOf } from '../plan/inputs.js'
import type { Loop } from '../plan/loop.js'
import type { PlanNode } from '../plan/node.js'
import { labelOf } from './label.js'

/** One operation of a plan as it was written, for people. */
export interface OutlineNode {
  /** What it does, in a line. */
  readonly label: string
  readonly kind: PlanNode['kind']
  /** The places of its inputs in the outline. */
  readonly inputs: readonly number[]
  /** Of a loop, and of the leaves of its body: which loop, counted from 0. */
  readonly loop?: number
}

/** The operations of a plan as they were written, inputs before those that read them. Runs nothing. */
export function outlineOf(root: PlanNode): readonly OutlineNode[] {
  const places = new Map<PlanNode, number>()
  const loops = new Map<Loop, number>()
  const outline: OutlineNode[] = []
  const loopOf = (node: PlanNode) => {
    if (!('loop' in node)) return {}
    if (!loops.has(node.loop)) loops.set(node.loop, loops.size)
    return { loop: loops.get(node.loop)! }
  }
  const visit = (node: PlanNode): number => {
    const known = places.get(node)
    if (known !== undefined) return known
    const inputs = inputsOf(node).map(visit)
    const place = outline.length
    outline.push({ label: labelOf(node), kind: node.kind, inputs, ...loopOf(node) })
    places.set(node, place)
    return place
  }
  visit(root)
  return outline
}

/** The same as text: what comes last on top, inputs below it, moved in. */
export function outlineText(root: PlanNode): string {
  const outline = outlineOf(root)
  const lines: string[] = []
  const seen = new Set<number>()
  const write = (place: number, first: string, rest: string) => {
    const { label, inputs } = outline[place]!
    const again = seen.has(place) && inputs.length > 0
    seen.add(place)
    lines.push(`${first}${label}${again ? ' (as above)' : ''}`)
    if (again) return
    for (const [k, input] of inputs.entries()) {
      const last = k === inputs.length - 1
      write(input, `${rest}${last ? '└─ ' : '├─ '}`, `${rest}${last ? '   ' : '│  '}`)
    }
  }
  write(outline.length - 1, '', '')
  return lines.join('\n')
}
