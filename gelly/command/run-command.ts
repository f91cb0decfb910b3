/** `wiesel graph`: from arguments to an answer. */
import { WieselError } from '../../engine/index.js'
import type { Algorithm } from './algorithm.js'
import { findAlgorithm } from './algorithms.js'
import type { AnyGraph } from './any-graph.js'
import { type Flags, type FlagValues, flagName, flagValue, readFlags } from './flags.js'
import { algorithmHelp, generalHelp } from './help.js'
import { idFrom } from './id-from.js'
import { outcomeOf } from './outcome.js'
import { INPUT_FLAGS, readInput } from './read-input.js'
import { checkOutputOptions, OUTPUT_FLAGS, showOutcome } from './show-outcome.js'
import { UsageError } from './usage-error.js'

/** Where the command writes lines. */
export interface Terminal {
  readonly out: (line: string) => void
  readonly err: (line: string) => void
}

const HELP: Flags = { help: { kind: 'switch', about: 'this text' } }

/**
 * Runs a command line.
 *
 * @param args Without the names of Node and of the program.
 * @returns The exit code: 0; 1 where something failed; 2 where the command is not understood.
 */
export async function runCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    await run(args, terminal)
    return 0
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error)
    const line = text.replace(/\s*\n\s*/g, ' ')
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
  const flags = { ...algorithm.flags, ...INPUT_FLAGS, ...OUTPUT_FLAGS, ...HELP }
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
  const graph = await readInput(input, valuesOf(values, INPUT_FLAGS, command), command)
  const result = await algorithm.run(
    graph,
    (await withIds(options, algorithm.flags, graph)) as never,
  )
  const outcome = outcomeOf(result, algorithm.table)
  await showOutcome(outcome, output, algorithm.order, terminal, command)
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

/** Texts of ids as ids of the type that the graph has. */
async function withIds(
  options: Record<string, unknown>,
  flags: Flags,
  graph: AnyGraph,
): Promise<Record<string, unknown>> {
  const changed = { ...options }
  for (const [option, { kind }] of Object.entries(flags)) {
    const value = changed[option]
    if (value === undefined || (kind !== 'id' && kind !== 'ids')) continue
    const { ids } = await graph.load()
    changed[option] =
      kind === 'id'
        ? idFrom(value as string, ids.kind)
        : (value as readonly string[]).map(text => idFrom(text, ids.kind))
  }
  return changed
}
