/** Programs as text over data sets: to run in any environment, to print, and to take apart. */
import type { DataSet, ExecutionEnvironment } from '../../../engine/index.js'
import * as wiesel from '../../../engine/index.js'
import { batchedSource } from './batched-source.js'

/** What a statement promises about the order of its records. */
export type Order =
  /** The oracle's order, always. */
  | 'exact'
  /** The oracle's order, as long as nothing is spilled. */
  | 'memory'
  | 'none'

/** One line of a program: `const NAME = TEXT`. */
export interface Statement {
  readonly name: string
  readonly text: string
  /** The statements that `text` refers to. */
  readonly uses: readonly string[]
  readonly order: Order
}

/** A program over some collections of records. */
export interface Program {
  readonly data: Readonly<Record<string, readonly unknown[]>>
  readonly statements: readonly Statement[]
  /** The statements whose records are the answer. */
  readonly roots: readonly string[]
}

/** The program as code, without its data. */
export function programText({ statements, roots }: Program): string {
  const lines = statements.map(({ name, text }) => `const ${name} = ${text}`)
  return [...lines, `return [${roots.join(', ')}]`].join('\n')
}

/** The program as code to paste into a test. */
export function printedProgram(program: Program): string {
  const data = Object.entries(program.data).map(
    ([name, records]) => `const ${name} = env.from(${literal(records)})`,
  )
  return [...data, programText(program)].join('\n')
}

/** The data sets of the program's roots in `env`; `layout` chooses batches and columns of sources. */
export function dataSetsOf(
  program: Program,
  env: ExecutionEnvironment,
  layout: number,
  counted = false,
): DataSet<unknown>[] {
  const names = Object.keys(program.data)
  const sources = Object.entries(program.data).map(([name, records]) =>
    env.read(batchedSource(name, records, layout, counted)),
  )
  const doors = Object.keys(wiesel)
  const make = new Function('env', ...doors, ...names, programText(program))
  return make(env, ...Object.values(wiesel), ...sources)
}

/** The program without what its roots do not need. */
export function pruned(program: Program): Program {
  const needed = new Set(program.roots)
  for (const { name, uses } of program.statements.toReversed()) {
    if (needed.has(name)) for (const used of uses) needed.add(used)
  }
  const data = Object.entries(program.data).filter(([name]) => needed.has(name))
  return {
    roots: program.roots,
    statements: program.statements.filter(({ name }) => needed.has(name)),
    data: Object.fromEntries(data),
  }
}

function literal(value: unknown): string {
  if (Object.is(value, -0)) return '-0'
  if (typeof value === 'string') return JSON.stringify(value)
  if (value instanceof Date) return `new Date(${value.getTime()})`
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`
  if (typeof value !== 'object' || value === null) return String(value)
  const fields = Object.entries(value).map(([name, field]) => `${name}: ${literal(field)}`)
  return `{ ${fields.join(', ')} }`
}
