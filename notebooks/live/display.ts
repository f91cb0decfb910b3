import { knownOptions, Showing, shown } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import { type Bundle, Displayable } from '../display/displayable.js'
import { CLOCK, type Clock } from './clock.js'
import { type Outlet, outletHere } from './outlet.js'

/** What is shown changes this often at most. */
const INTERVAL_MS = 100

/** What shows itself: figures, tables, data sets, graphs, models, estimators. */
export type Shown = Displayable | Showing

/** Options of `display`. */
export interface DisplayOptions {
  /** On a page: the element whose content it becomes. */
  readonly into?: Element
}

/**
 * Shows something in the middle of a cell, and then what replaces it in the same place.
 *
 * In notebooks that is an output of the cell, which is saved as it was last. On a terminal it is text:
 * the first state and the last.
 *
 * @returns What to call with the next states.
 * @throws {ArgumentError} If it does not show itself, or on a page without `into`.
 * @example
 * const live = display(histogram([1, 2, 2]))
 * live.update(histogram([1, 2, 2, 3]))
 * await live.done()
 */
export function display(shown: Shown, options: DisplayOptions = {}): LiveDisplay {
  const operation = 'display'
  knownOptions(options, ['into'], operation)
  checkShown(shown, operation)
  const outlet = outletHere(operation, options.into, globalThis.process?.stdout)
  return new LiveDisplay(outlet, shown)
}

/** Something shown that may change, ten times a second at most; the newest state wins. */
export class LiveDisplay {
  readonly #outlet: Outlet
  readonly #clock: Clock
  #newest: Shown
  #next = -Infinity
  #callOff: (() => void) | undefined
  #sent: Promise<void> = Promise.resolve()
  #over = false

  /** @internal Made by `display`. */
  constructor(outlet: Outlet, first: Shown, clock: Clock = CLOCK) {
    this.#outlet = outlet
    this.#clock = clock
    this.#newest = first
    this.#show(false)
  }

  /**
   * Shows this instead, soon. After `done` nothing changes any more.
   *
   * @throws {ArgumentError} If it does not show itself.
   */
  update(shown: Shown): void {
    checkShown(shown, 'update')
    if (this.#over) return
    this.#newest = shown
    if (this.#callOff !== undefined) return
    const wait = this.#next - this.#clock.now()
    if (wait <= 0) this.#show(false)
    else this.#callOff = this.#clock.after(wait, () => this.#show(false))
  }

  /**
   * Shows the last state, at once, and waits until it is there.
   *
   * @param last Default: what it was updated with last.
   * @throws {ArgumentError} If it does not show itself.
   */
  async done(last: Shown = this.#newest): Promise<void> {
    checkShown(last, 'done')
    if (!this.#over) {
      this.#over = true
      this.#newest = last
      this.#show(true)
    }
    await this.#sent
  }

  #show(last: boolean): void {
    this.#callOff?.()
    this.#callOff = undefined
    this.#next = this.#clock.now() + INTERVAL_MS
    const bundle = bundleOf(this.#newest)
    this.#sent = this.#sent.then(() => this.#outlet.show(bundle, last))
    // Whoever waits for the end hears of it; nobody else has to.
    this.#sent.catch(() => undefined)
  }
}

function checkShown(given: unknown, operation: string): void {
  if (given instanceof Displayable || given instanceof Showing) return
  throw new ArgumentError(
    `${operation}: give something that shows itself, such as a figure, a table or a data set; got ${shown(given)}.`,
  )
}

function bundleOf(given: Shown): Bundle {
  if (given instanceof Displayable) return given.toBundle()
  return (given as unknown as Record<symbol, () => Bundle>)[Symbol.for('Jupyter.display')]!()
}
