/** Texts of help, made from the tables of algorithms, flags and generators. */
import type { Algorithm } from './algorithm.js'
import { ALGORITHMS } from './algorithms.js'
import { type Flag, type Flags, flagName } from './flags.js'
import { GENERATORS } from './generator-input.js'
import { ENDINGS, INPUT_FLAGS } from './read-input.js'
import { OUTPUT_FLAGS } from './show-outcome.js'

/** Help for the whole program. */
export function generalHelp(): string {
  return `wiesel graph ALGORITHM INPUT [OPTIONS]

Reads a graph, runs an algorithm, prints a table or writes a file.

Algorithms:
${aligned(Object.entries(ALGORITHMS).map(([name, { about }]) => [name, about]))}

Inputs:
  a file that ends with ${ENDINGS.map(ending => `.${ending}`).join(', ')},
  a folder of vertices and edges, or a generator:
${aligned(Object.values(GENERATORS).map(({ usage }) => [usage, '']))}

wiesel graph ALGORITHM --help has the options of an algorithm, wiesel --version the version.

Examples:
  npx wiesel graph pagerank routes.csv --damping 0.9 --top 10
  npx wiesel graph edges rmat:16 --output edges.arrow`
}

/** Help for one algorithm. */
export function algorithmHelp(name: string, { about, flags, input }: Algorithm): string {
  const reading = input === undefined ? ['', 'Reading:', flagLines(INPUT_FLAGS)] : []
  const own = Object.keys(flags).length === 0 ? [] : ['', 'Options:', flagLines(flags)]
  return [
    `wiesel graph ${name} ${input === undefined ? 'INPUT' : 'FILE'} [OPTIONS]`,
    '',
    `${about[0]!.toUpperCase()}${about.slice(1)}.`,
    ...own,
    ...reading,
    '',
    'Showing:',
    flagLines(OUTPUT_FLAGS),
  ].join('\n')
}

function flagLines(flags: Flags): string {
  return aligned(
    Object.entries(flags).map(([option, flag]) => {
      const usual = flag.needed
        ? ' (needed)'
        : flag.default === undefined
          ? ''
          : ` (default: ${flag.default})`
      const choices = flag.choices === undefined ? '' : `: ${flag.choices.join(', ')}`
      return [`--${flagName(option)}${valueName(flag)}`, `${flag.about}${choices}${usual}`]
    }),
  )
}

function valueName({ kind, value }: Flag): string {
  if (kind === 'switch') return ''
  const usual = {
    number: 'N',
    text: 'TEXT',
    id: 'ID',
    ids: 'ID,ID...',
    texts: 'A,B...',
    communities: 'FILE',
  }[kind]
  return ` ${value ?? usual}`
}

function aligned(pairs: readonly (readonly [string, string])[]): string {
  const width = Math.max(...pairs.map(([left]) => left.length))
  return pairs.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`.trimEnd()).join('\n')
}
