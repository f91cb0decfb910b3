/** `wiesel graph`: from arguments to an answer. */
import { WieselError } from '../../engine/index.js'
import type { Algorithm } from './algorithm.js'
import { findAlgorithm } from './algorithms.js'
import type { AnyGraph } from './any-graph.js'
import { type Flags, type FlagValues, flagName, flagValue, readFlags } from './flags.js'
import { algorithmHelp, generalHelp } from './help.js'
import { idFrom } from './id-from.js'
import { outcomeOf } from './outcome.js'
import { algorithmProgress } from './progress.js'
import { readCommunities } from './read-communities.js'
import { INPUT_FLAGS, readInput } from './read-input.js'
import { checkOutputOptions, OUTPUT_FLAGS, showOutcome } from './show-outcome.js'
import { UsageError } from './usage-error.js'

/** Where the command writes lines, and what it hears. */
export interface Terminal {
  readonly out: (line: string) => void
  readonly err: (line: string) => void
  /** Shows what is going on, instead of what was shown before; `''` at the end. */
  readonly progress?: (text: string) => void
  /** Cancels the command. */
  readonly signal?: AbortSignal
}

const HELP: Flags = { help: { kind: 'switch', about: 'this text' } }

/**
 * Runs a command line.
 *
 * @param args Without the names of Node and of the program.
 * @returns The exit code: 0; 1 where something failed; 2 where the command is not understood; 130 where
 *   it was cancelled.
 */
export async function runCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    await run(args, terminal)
    return 0
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error)
    const line = text.replace(/\s*\n\s*/g, ' ')
    if (terminal.signal?.aborted) {
      terminal.err('wiesel: cancelled')
      return 130
    }
    if (error instanceof UsageError) {
      terminal.err(`wiesel: ${line}. See: wiesel ${error.command} --help`)
      return 2
    }
    terminal.err(`wiesel: ${error instanceof WieselError ? '' : 'unexpected: '}${line}`)
    return 1
  }
}

async function run(args: readonly string[], terminal: Terminal): Promise<void> {
  const [area, name, ...rest] = args
  if (area === undefined || area === '--help' || area === '-h' || area === 'help') {
    return terminal.out(generalHelp())
  }
  if (area === '--version' || area === '-v') return terminal.out(await version())
  if (area !== 'graph') throw new UsageError(`"${area}" is not known; there is graph`, 'graph')
  if (name === undefined || name === '--help' || name === '-h') return terminal.out(generalHelp())
  const [found, algorithm] = findAlgorithm(name)
  await runAlgorithm(found, algorithm, rest, terminal)
}

async function runAlgorithm(
  name: string,
  algorithm: Algorithm,
  args: readonly string[],
  terminal: Terminal,
): Promise<void> {
  const command = `graph ${name}`
  if (args.includes('-h')) return terminal.out(algorithmHelp(name, algorithm))
  const reading = algorithm.input === undefined ? INPUT_FLAGS : {}
  const flags = { ...algorithm.flags, ...reading, ...OUTPUT_FLAGS, ...HELP }
  const { values, others } = await readFlags(args, flags, command)
  if (values.help) return terminal.out(algorithmHelp(name, algorithm))
  const [input, extra] = others
  if (input === undefined) {
    throw new UsageError('name a file to read, or a generator such as rmat:16', command)
  }
  if (extra !== undefined) {
    throw new UsageError(`there may be one input; got also "${extra}"`, command)
  }
  const options = valuesOf(values, algorithm.flags, command)
  const output = valuesOf(values, OUTPUT_FLAGS, command)
  checkOutputOptions(output, command)
  const { signal } = terminal
  const graph =
    algorithm.input === undefined
      ? await readInput(input, valuesOf(values, INPUT_FLAGS, command), command)
      : undefined
  if (graph === undefined) options.one = await readCommunities(input, undefined, command)
  const progress = algorithmProgress(terminal)
  try {
    const result = await algorithm.run(
      graph as AnyGraph,
      {
        ...(await resolved(options, algorithm.flags, graph, command)),
        ...(signal === undefined || graph === undefined ? {} : { signal }),
        ...(progress === undefined || !algorithm.reports ? {} : { onProgress: progress }),
      } as never,
    )
    terminal.progress?.('')
    const outcome = outcomeOf(result, algorithm.table)
    await showOutcome(outcome, output, algorithm.order, terminal, command)
  } finally {
    terminal.progress?.('')
  }
}

/** The version that the package says it has. */
async function version(): Promise<string> {
  const { readFile } = await import('node:fs/promises')
  const text = await readFile(new URL('../../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { readonly version: string }).version
}

/** The values of some flags, as options. */
function valuesOf(values: FlagValues, flags: Flags, command: string): Record<string, unknown> {
  const found: Record<string, unknown> = {}
  for (const [option, flag] of Object.entries(flags)) {
    const value = values[option]
    if (value !== undefined) found[option] = flagValue(option, value, flag, command)
    else if (flag.needed) {
      throw new UsageError(`--${flagName(option)} is needed: ${flag.about}`, command)
    }
  }
  return found
}

/** Texts of ids as ids of the type that the graph has, and names of files as communities. */
async function resolved(
  options: Readonly<Record<string, unknown>>,
  flags: Flags,
  graph: AnyGraph | undefined,
  command: string,
): Promise<Record<string, unknown>> {
  const changed = { ...options }
  for (const [option, { kind }] of Object.entries(flags)) {
    const value = changed[option]
    if (value === undefined || !RESOLVED.includes(kind)) continue
    const ids = graph === undefined ? undefined : (await graph.load()).ids
    if (kind === 'communities') {
      changed[option] = await readCommunities(value as string, ids?.kind, command)
    } else if (kind === 'id') changed[option] = idFrom(value as string, ids?.kind)
    else changed[option] = (value as readonly string[]).map(text => idFrom(text, ids?.kind))
  }
  return changed
}

const RESOLVED: readonly string[] = ['id', 'ids', 'communities']
