/** A plan as it is drawn: boxes, arrows between them, and the loops that boxes lie in. */
export interface PlanPicture {
  readonly boxes: readonly PlanBox[]
  readonly arrows: readonly PlanArrow[]
  /** Outer loops need not come before inner ones. */
  readonly loops: readonly PlanLoop[]
}

/** One operation, or several that run in one loop over the records. */
export interface PlanBox {
  /** Tells boxes apart. */
  readonly id: number
  readonly kind: string
  /** What it does, a line for each operation. */
  readonly steps: readonly string[]
  /** Why it is done so. */
  readonly reasons: readonly string[]
  /** Of the loop that it lies in: its place in `loops`. */
  readonly loop?: number | undefined
  readonly estimatedRows?: number | undefined
  /** After a run. */
  readonly actual?:
    | { readonly rowsOut: number; readonly milliseconds: number; readonly spilledBytes: number }
    | undefined
}

/** Records on their way from one operation to another. */
export interface PlanArrow {
  readonly from: number
  readonly to: number
  /** Whether they are what the next superstep begins with. */
  readonly feedback: boolean
  /** What they are to a loop. */
  readonly label: string
}

/** The body of a loop. */
export interface PlanLoop {
  readonly title: string
  /** The place of the loop around it. */
  readonly within?: number | undefined
}

/** What the results of a body are to their loop, in the order in which plans name them. */
export const RESULTS = {
  iterate: ['next'],
  iterateDelta: ['delta', 'next workset'],
} as const

/** Whether a kind of operation is a loop. */
export function isLoop(kind: string): kind is keyof typeof RESULTS {
  return kind === 'iterate' || kind === 'iterateDelta'
}

/** What a leaf of a body stands for: `current`, `workset` or `solution`. */
export function roleOf(label: string): string | undefined {
  return /^(?:look-up in )?(current|workset|solution) of /.exec(label)?.[1]
}

/** The part that an input of a loop is to it. */
export function entryRoles(kind: keyof typeof RESULTS): readonly string[] {
  return kind === 'iterate' ? ['current'] : ['solution', 'workset']
}

/** Arrows with the same ends put together; their labels are listed. */
export function mergedArrows(arrows: readonly PlanArrow[]): PlanArrow[] {
  const merged = new Map<string, PlanArrow>()
  for (const arrow of arrows) {
    const key = `${arrow.from} ${arrow.to} ${arrow.feedback}`
    const known = merged.get(key)
    const labels = [known?.label ?? '', arrow.label].filter(label => label !== '')
    merged.set(key, { ...arrow, label: [...new Set(labels)].join(', ') })
  }
  return [...merged.values()]
}
