/** Flags of the command line: what there is, how it is read, and what it becomes. */
import { nearestFirst } from '../../engine/extend.js'
import { UsageError } from './usage-error.js'

/** What a flag takes. */
export type FlagKind = 'number' | 'text' | 'switch' | 'id' | 'ids' | 'texts' | 'communities'

/** A flag of the command line. */
export interface Flag {
  readonly kind: FlagKind
  /** One line for the help. */
  readonly about: string
  /** What the help shows as its value: `N`, `FILE`. By default by kind. */
  readonly value?: string
  /** Whether there is no answer without it. */
  readonly needed?: boolean
  /** What holds without it, for the help. */
  readonly default?: string
  /** The values it may have. */
  readonly choices?: readonly string[]
}

/** Flags by the name of the option that they become: `maxIterations` is `--max-iterations`. */
export type Flags = Readonly<Record<string, Flag>>

/** What the command line says, by name of option. */
export type FlagValues = Readonly<Record<string, string | boolean>>

/** `maxIterations` as `max-iterations`. */
export function flagName(option: string): string {
  return option.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)
}

/**
 * Reads the arguments of a command.
 *
 * @returns The values of flags, as texts, and the other arguments.
 * @throws {UsageError} If a flag is unknown, is there twice, or lacks its value.
 */
export async function readFlags(
  args: readonly string[],
  flags: Flags,
  command: string,
): Promise<{ readonly values: FlagValues; readonly others: readonly string[] }> {
  const { parseArgs } = await import('node:util')
  const options = Object.entries(flags).map(
    ([option, { kind }]) =>
      [flagName(option), { type: kind === 'switch' ? 'boolean' : 'string' }] as const,
  )
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(options),
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const byName = new Map(Object.keys(flags).map(option => [flagName(option), option]))
  const values: Record<string, string | boolean> = {}
  const others: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') others.push(token.value)
    if (token.kind !== 'option') continue
    const option = byName.get(token.name)
    if (option === undefined) throw unknownFlag(token.rawName, [...byName.keys()], command)
    if (option in values) throw new UsageError(`${token.rawName} is given twice`, command)
    const { kind } = flags[option]!
    if (kind === 'switch') {
      if (token.value !== undefined) {
        throw new UsageError(`${token.rawName} takes no value; got "${token.value}"`, command)
      }
      values[option] = true
    } else {
      const value = token.value
      if (value === undefined) throw new UsageError(`${token.rawName} needs a value`, command)
      values[option] = value
    }
  }
  return { values, others }
}

/**
 * A flag's text as the value that an option takes; ids stay texts.
 *
 * @throws {UsageError} If it is no number where one is needed, or not among the choices.
 */
export function flagValue(
  option: string,
  text: string | boolean,
  { kind, choices }: Flag,
  command: string,
): unknown {
  if (typeof text === 'boolean') return text
  if (kind === 'number') {
    const value = Number(text)
    if (text.trim() !== '' && !Number.isNaN(value)) return value
    throw new UsageError(`--${flagName(option)} must be a number; got "${text}"`, command)
  }
  if (kind === 'texts' || kind === 'ids') return text.split(',')
  if (choices === undefined || choices.includes(text)) return text
  const list = nearestFirst(text, choices).join(', ')
  throw new UsageError(`--${flagName(option)} must be one of ${list}; got "${text}"`, command)
}

function unknownFlag(raw: string, names: readonly string[], command: string): UsageError {
  const [nearest, ...rest] = nearestFirst(raw.replace(/^-+/, ''), names)
  const others = rest.map(name => `--${name}`).join(', ')
  return new UsageError(
    `option ${raw} is not known. Did you mean --${nearest}? There are also ${others}`,
    command,
  )
}
