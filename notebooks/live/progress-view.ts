import { grouped } from '../data/finite.js'
import { Displayable } from '../display/displayable.js'
import { escaped } from '../display/escaped.js'
import type { LoopState, ProgressState } from './progress-state.js'
import { sparkline } from './sparkline.js'

const MARKS = { running: '…', done: '✓', failed: '✗', stopped: '■' } as const

/** The first words of a reason, where it is long. */
const REASON_LENGTH = 200

/** How far work is, as it is shown. Without pictures, so that notebooks show it whether trusted or not. */
export class ProgressView extends Displayable {
  override readonly title: string
  readonly #state: ProgressState

  constructor(state: ProgressState) {
    super()
    this.title = state.title
    this.#state = state
  }

  override toHTML(): string {
    const share = shareOf(this.#state)
    const bar =
      share === undefined || this.#state.state === 'done'
        ? ''
        : `<div><progress max="1" value="${share.toFixed(3)}" aria-label="${escaped(this.title)}"></progress> ${percent(share)}</div>`
    const lines = [jobText(this.#state), loopText(this.#state.loop)]
      .filter(text => text !== '')
      .map(text => `<div style="opacity:.8">${escaped(text)}</div>`)
    return `<div style="font:13px/1.5 system-ui,sans-serif;color:inherit;font-variant-numeric:tabular-nums"><div><b>${escaped(this.title)}</b> ${escaped(this.#head())}</div>${bar}${lines.join('')}</div>`
  }

  /** In one line. */
  override toString(): string {
    const share = this.#state.state === 'done' ? undefined : shareOf(this.#state)
    const parts = [
      `${this.title} ${this.#head()}`,
      share === undefined ? '' : percent(share),
      jobText(this.#state),
      loopText(this.#state.loop),
    ]
    return parts.filter(text => text !== '').join('  ')
  }

  #head(): string {
    const { state, reason, milliseconds } = this.#state
    const seconds = `${(milliseconds / 1000).toFixed(1)} s`
    const said = reason === undefined ? state : `${state}: ${shortened(reason)}`
    return `${MARKS[state]} ${said}, ${seconds}`
  }
}

/** How much of the work is done, from 0 to 1, where that can be known. */
function shareOf({ job, parts }: ProgressState): number | undefined {
  if (parts !== undefined) return parts.of > 0 ? Math.min(parts.done / parts.of, 1) : 1
  return job?.totalBytes ? Math.min(job.bytes / job.totalBytes, 1) : undefined
}

const percent = (share: number) => `${Math.floor(100 * share)}%`

function jobText({ state, job, parts }: ProgressState): string {
  const texts: string[] = []
  if (job !== undefined) {
    const rate = job.rows / (job.milliseconds / 1000)
    if (state !== 'done') texts.push(job.phase)
    if (job.rows > 0) texts.push(`${grouped(job.rows)} rows`)
    if (job.rows > 0 && Number.isFinite(rate)) texts.push(`${grouped(Math.round(rate))} rows/s`)
    if (job.attempt > 1) texts.push(`attempt ${job.attempt}`)
  }
  if (parts !== undefined) texts.push(`${grouped(parts.done)} of ${grouped(parts.of)} searches`)
  return texts.filter(text => text !== '').join(' · ')
}

function loopText(loop: LoopState | undefined): string {
  if (loop === undefined) return ''
  const { name, superstep, of, converged, measure, values } = loop
  const most = of === undefined || of === Infinity ? '' : ` of ${grouped(of)}`
  const unit = superstep === 1 ? 'superstep' : 'supersteps'
  const head =
    of === undefined ? `${grouped(superstep)} ${unit}` : `superstep ${grouped(superstep)}${most}`
  const end = converged === undefined ? '' : converged ? ', converged' : ', not converged'
  const last = values.at(-1)
  const change = measure === undefined || last === undefined ? '' : `${measure} ${grouped(last)}`
  const texts = [name, `${head}${end}`, change, sparkline(values)]
  return texts.filter(text => text !== '').join(' · ')
}

function shortened(text: string): string {
  const line = text.split('\n', 1)[0]!
  return line.length > REASON_LENGTH ? `${line.slice(0, REASON_LENGTH)}…` : line
}
