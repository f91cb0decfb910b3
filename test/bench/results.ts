/** The figures in `RESULTS.md`: each benchmark's between two comments, the prose around them by hand. */
import { readFileSync, writeFileSync } from 'node:fs'
import { arch, availableParallelism, cpus, platform, totalmem } from 'node:os'
import { inProject } from '../support/project.js'
import type { Measured } from './measure.js'
import { figures, HEADINGS, markdown, remarks } from './report.js'
import { rivalVersions } from './rivals/rival.js'

const file = inProject('test', 'bench', 'RESULTS.md')

/** Writes the figures of these benchmarks into `RESULTS.md` and leaves all others as they are. */
export function writeResults(all: readonly Measured[], scale: number): void {
  let text = readFileSync(file, 'utf8')
  const today = new Date().toISOString().slice(0, 10)
  for (const measured of all) {
    const table = markdown([HEADINGS, ...figures(measured)])
    const notes = remarks(measured).map(note => `- ${note}`)
    const rounds = Object.values(measured.contenders[0]!.times)[0]!.length
    const size = `${measured.records.toLocaleString('en-US')} records`
    const runs = `${rounds} ${rounds === 1 ? 'run' : 'runs'}`
    const about = `${size}${scale === 1 ? '' : `, scale ${scale}`}; ${runs}, ${today}.`
    const parts = [table, ...(notes.length > 0 ? [notes.join('\n')] : []), about]
    text = replaced(text, measured.benchmark.name, parts.join('\n\n'))
  }
  writeFileSync(file, replaced(text, 'machine', machine()))
}

/**
 * A text with what stands between the comments `<!-- name -->` and `<!-- /name -->` replaced.
 *
 * @throws {Error} If these comments are not there.
 */
export function replaced(text: string, name: string, content: string): string {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
  const [from, to] = [text.indexOf(begin), text.indexOf(end)]
  if (from === -1 || to < from) throw new Error(`RESULTS.md: there is no ${begin} ... ${end}.`)
  return `${text.slice(0, from + begin.length)}\n\n${content}\n\n${text.slice(to)}`
}

/** The machine and the versions behind the figures. */
export function machine(): string {
  const model = cpus()[0]?.model.trim() ?? 'an unknown processor'
  const memory = Math.round(totalmem() / 2 ** 30)
  const rivals = Object.entries(rivalVersions()).map(([name, version]) => `${name} ${version}`)
  return (
    `${model}, ${availableParallelism()} cores, ${memory} GiB, ${platform()} ${arch()}; ` +
    `Node ${process.version}; ${rivals.join(', ')}.`
  )
}
