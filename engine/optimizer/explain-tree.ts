/** Draws an explained plan as a tree with columns of figures beside it. */
import type { ExplainedNode, ExplainedPlan } from './explain.js'
import { bytesText, countText, durationText } from './format.js'
import type { RuleName } from './options.js'

interface Line {
  readonly text: string
  /** The node whose figures stand beside this line. */
  readonly node?: ExplainedNode
}

/** A column of figures; it is there when some node has something to say in it. */
interface Column {
  readonly title: string
  readonly cell: (node: ExplainedNode) => string | undefined
}

const COLUMNS: readonly Column[] = [
  {
    title: 'estimated',
    cell: ({ estimatedRows: rows }) => (rows === undefined ? undefined : `~${countText(rows)}`),
  },
  { title: 'rows', cell: ({ actual }) => actual && countText(actual.rowsOut) },
  { title: 'batches', cell: ({ actual }) => actual && countText(actual.batches) },
  { title: 'time', cell: ({ actual }) => actual && durationText(actual.milliseconds) },
  {
    title: 'spilled',
    cell: ({ actual }) => (actual?.spilledBytes ? bytesText(actual.spilledBytes) : undefined),
  },
]

/** Text of a tree is cut there, so that figures stay on the screen. */
const TREE_WIDTH = 92

/** The plan as lines of text, without a line break at the end. */
export function drawTree(plan: ExplainedPlan): string {
  const parts = [...drawFigures(drawNodes(plan))]
  if (plan.run) {
    const { milliseconds, peakMemory, skipped } = plan.run
    const said = [`ran in ${durationText(milliseconds)}`, `peak memory ${bytesText(peakMemory)}`]
    if (skipped > 0) said.push(`${countText(skipped)} invalid records skipped`)
    parts.push('', said.join(', '))
  }
  if (plan.threads) parts.push('', threadsText(plan.threads))
  parts.push(...drawRules(plan), ...drawCode(plan))
  return parts.join('\n')
}

function threadsText({ workers, reason }: NonNullable<ExplainedPlan['threads']>): string {
  return workers > 1 ? `runs in ${workers} worker threads` : `runs on the calling thread: ${reason}`
}

function drawNodes({ roots, nodes }: ExplainedPlan): Line[] {
  const lines: Line[] = []
  const readers = new Map<number, number>()
  for (const id of [...roots, ...nodes.flatMap(idsBelow)]) {
    readers.set(id, (readers.get(id) ?? 0) + 1)
  }
  const marks = new Map<number, number>()
  const draw = (id: number, first: string, rest: string): void => {
    const node = nodes[id]!
    const mark = marks.get(id)
    if (mark !== undefined) {
      lines.push({ text: `${first}[${mark}] as above: ${node.steps[0]}` })
      return
    }
    if (readers.get(id)! > 1) marks.set(id, marks.size + 1)
    const shared = marks.has(id) ? `[${marks.get(id)}] ` : ''
    const below = [
      ...node.inputs.map(input => ({ name: '', id: input })),
      ...(node.body ?? []).map(({ result, id }) => ({ name: `${result}: `, id })),
    ]
    const stem = rest + (below.length > 0 ? '│  ' : '   ')
    lines.push({ text: `${first}${shared}${node.steps[0]}`, node })
    for (const step of node.steps.slice(1)) lines.push({ text: `${stem}→ ${step}` })
    for (const remark of remarksOn(node)) lines.push({ text: `${stem}· ${remark}` })
    for (const [k, { name, id }] of below.entries()) {
      const last = k === below.length - 1
      draw(id, `${rest}${last ? '└─ ' : '├─ '}${name}`, `${rest}${last ? '   ' : '│  '}`)
    }
  }
  for (const [k, root] of roots.entries()) {
    if (k > 0) lines.push({ text: '' })
    draw(root, '', '')
  }
  return lines
}

function idsBelow({ inputs, body = [] }: ExplainedNode): readonly number[] {
  return [...inputs, ...body.map(({ id }) => id)]
}

/** Why it is done so, and which functions run as they are instead of in a compiled loop. */
function remarksOn({ reasons, functions, actual }: ExplainedNode): readonly string[] {
  const plain = functions.flatMap(({ text, reason }) =>
    reason === undefined ? [] : [`${shorten(text, 40)}: ${reason}`],
  )
  const steps = actual?.supersteps
  const ran = steps === undefined ? [] : [`${countText(steps)} supersteps`]
  return [...new Set([...ran, ...reasons, ...plain])]
}

function drawFigures(lines: readonly Line[]): string[] {
  const columns = COLUMNS.map(({ title, cell }) => ({
    title,
    cells: lines.map(({ node }) => node && cell(node)),
  })).filter(({ cells }) => cells.some(cell => cell !== undefined))
  const texts = lines.map(({ text }) => shorten(text, TREE_WIDTH))
  if (columns.length === 0) return texts
  const tree = Math.max(...texts.map(({ length }) => length))
  const widths = columns.map(({ title, cells }) =>
    Math.max(title.length, ...cells.map(cell => cell?.length ?? 0)),
  )
  const row = (text: string, cells: readonly (string | undefined)[]) =>
    [text.padEnd(tree), ...cells.map((cell, k) => (cell ?? '').padStart(widths[k]!))]
      .join('  ')
      .trimEnd()
  const head = row(
    '',
    columns.map(({ title }) => title),
  )
  return [
    head,
    ...texts.map((text, k) =>
      row(
        text,
        columns.map(({ cells }) => cells[k]),
      ),
    ),
  ]
}

function drawRules({ rules }: ExplainedPlan): string[] {
  const fired = new Map<RuleName, string[]>()
  for (const { rule, what } of rules) fired.set(rule, [...(fired.get(rule) ?? []), what])
  if (fired.size === 0) return []
  const width = Math.max(...[...fired.keys()].map(({ length }) => length))
  const lines = [...fired].flatMap(([rule, whats]) =>
    [...new Set(whats)].map((what, k) => `  ${(k === 0 ? rule : '').padEnd(width)}  ${what}`),
  )
  return ['', 'rules', ...lines]
}

function drawCode({ nodes }: ExplainedPlan): string[] {
  return nodes.flatMap(({ code, steps }) =>
    code === undefined ? [] : ['', `code of ${steps.join(' → ')}`, ...code.flatMap(indent)],
  )
}

function indent(code: string): string[] {
  return code.split('\n').map(line => `  ${line}`.trimEnd())
}

function shorten(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`
}
