import {
  bytesText,
  countText,
  durationText,
  knownOptions,
  oneOf,
  shown,
} from '../../engine/extend.js'
import { ArgumentError, type ExplainedPlan, type OutlineNode } from '../../engine/index.js'
import { fitted } from '../charts/measured.js'
import { MAIN } from '../charts/theme.js'
import { escaped } from '../display/escaped.js'
import { Figure } from '../display/figure.js'
import { logicalPicture } from './logical-picture.js'
import { physicalPicture } from './physical-picture.js'
import { boxText } from './plan-box-text.js'
import { type PlanDirection, planLayout } from './plan-layout.js'
import { isLoop, type PlanPicture } from './plan-picture.js'
import { planSVG } from './plan-svg.js'

/** Options of `planDag`. */
export interface PlanDagOptions {
  /** What it shows, in a line. Default: `Plan`, and what it ends with. */
  readonly title?: string
  /** Which way records flow. Default: to the right, but down where that would be wider than 900 pixels. */
  readonly direction?: PlanDirection | 'auto'
}

/** A data set, whatever its records are. */
export interface Outlined {
  /** The operations that describe it. */
  outline(): readonly OutlineNode[]
}

/** Plans of more operations are no pictures any more. */
const MOST = 600

/**
 * The diagram of a plan: a box for each operation, with the body of a loop in a dashed frame and an arrow
 * back from its end. Runs nothing.
 *
 * Of a data set, or its `outline()`, it shows the operations as they were written; of what
 * `explain({ format: 'json' })` gives, those that run, with the number of records that are expected.
 * Explained after a run, boxes say how many records left them and how long they took, and the share of
 * the time is their shade. Tooltips give labels in full, and the reasons.
 *
 * Cost: about a millisecond for each operation; a kilobyte for each.
 *
 * @param plan A data set, its outline, or its explained plan.
 * @throws {ArgumentError} If it is none of these, or has more than 600 operations.
 * @example
 * planDag(flights.filter('delay > 15').groupBy('origin').count()).description // '3 operations: from 5 records; filter delay > 15; groupBy origin: count.'
 * @example
 * const late = flights.filter('delay > 15')
 * await late.count()
 * planDag(await late.explain({ format: 'json' })).title // 'Plan that ran: filter delay > 15'
 */
export function planDag(
  plan: ExplainedPlan | readonly OutlineNode[] | Outlined,
  options: PlanDagOptions = {},
): Figure {
  const name = 'planDag'
  knownOptions(options, ['title', 'direction'], name)
  const { direction = 'auto' } = options
  oneOf(direction, ['auto', 'right', 'down'], name, 'direction')
  if (options.title !== undefined && typeof options.title !== 'string') {
    throw new ArgumentError(`${name}: title must be a text; got ${shown(options.title)}.`)
  }
  const explained = isExplained(plan) ? plan : undefined
  const picture =
    explained === undefined ? logicalPicture(outlineOf(plan)) : physicalPicture(explained)
  if (picture.boxes.length > MOST) {
    throw new ArgumentError(
      `${name}: the plan has ${countText(picture.boxes.length)} operations, and at most ${MOST} can be drawn. Print it: String(data), or await data.explain().`,
    )
  }
  const ran = explained?.run !== undefined
  const last = lastSteps(picture, explained)
  const title = options.title ?? `${ran ? 'Plan that ran' : 'Plan'}: ${last}`
  const texts = picture.boxes.map(boxText)
  const layout = planLayout(picture, texts, direction)
  const notes = ran ? runNotes(explained!) : []
  const width = Math.max(layout.width, ran ? 480 : 240)
  const top = 26
  const said = notes.map((note, k) => {
    const y = top + layout.height + 14 + k * 16
    return `<text x="6" y="${y}" fill-opacity="0.7">${escaped(fitted(note, width - 12, 11))}</text>`
  })
  return new Figure({
    title,
    description: [describe(picture), ...notes].join(' '),
    width,
    height: top + layout.height + notes.length * 16 + (notes.length > 0 ? 6 : 0),
    content: `<text x="6" y="16" font-size="14" font-weight="600">${escaped(fitted(title, width - 12, 14, true))}</text><g transform="translate(0,${top})">${planSVG(picture, texts, layout, MAIN)}</g>${said.join('')}`,
  })
}

function isExplained(plan: unknown): plan is ExplainedPlan {
  const { nodes, roots } = (plan ?? {}) as Partial<ExplainedPlan>
  return Array.isArray(nodes) && Array.isArray(roots)
}

function outlineOf(plan: unknown): readonly OutlineNode[] {
  if (typeof (plan as Outlined | undefined)?.outline === 'function') {
    return (plan as Outlined).outline()
  }
  if (Array.isArray(plan) && plan.every(node => Array.isArray(node?.inputs))) return plan
  throw new ArgumentError(
    `planDag: the plan must be a data set, its outline(), or what await data.explain({ format: 'json' }) gives; got ${typeof plan === 'string' ? "the plan as text: add { format: 'json' }" : shown(plan)}.`,
  )
}

/** What the plan ends with. */
function lastSteps({ boxes }: PlanPicture, explained: ExplainedPlan | undefined): string {
  const roots = explained?.roots ?? boxes.slice(-1).map(({ id }) => id)
  const ends = roots.map(root => boxes.find(({ id }) => id === root)?.steps.at(-1) ?? '')
  return ends.length === 0 ? 'nothing' : [...new Set(ends)].join(', ')
}

/** The operations in words; those in the middle of many are not listed. */
function describe({ boxes, loops }: PlanPicture): string {
  const steps = boxes.map(({ steps }) => steps.join(', then '))
  const listed =
    steps.length <= 12
      ? steps
      : [...steps.slice(0, 6), `${steps.length - 11} more`, ...steps.slice(-5)]
  const count = `${boxes.length} ${boxes.length === 1 ? 'operation' : 'operations'}`
  const bodies = loops.map((loop, k) => {
    const inside = boxes.filter(box => box.loop === k && !isLoop(box.kind)).length
    return ` Of these, ${inside} ${inside === 1 ? 'runs' : 'run'} in ${loop.title}.`
  })
  const list = listed.length === 0 ? '' : `: ${listed.join('; ')}`
  return `${count}${list}.${bodies.join('')}`
}

function runNotes({ run, nodes }: ExplainedPlan): string[] {
  const { milliseconds, peakMemory, skipped } = run!
  const longest = nodes
    .filter(({ actual }) => actual !== undefined)
    .toSorted((a, b) => b.actual!.milliseconds - a.actual!.milliseconds)[0]
  const left = skipped > 0 ? `, ${countText(skipped)} invalid records skipped` : ''
  const most =
    longest === undefined || longest.actual!.milliseconds === 0
      ? []
      : [
          `Shade: share of the time; most took ${longest.steps[0]}, ${durationText(longest.actual!.milliseconds)}.`,
        ]
  return [
    `Ran in ${durationText(milliseconds)}, with at most ${bytesText(peakMemory)} of managed memory${left}.`,
    ...most,
  ]
}
