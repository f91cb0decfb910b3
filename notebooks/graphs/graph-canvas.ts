import { Displayable } from '../display/displayable.js'
import { escaped } from '../display/escaped.js'
import { type Figure, hashOf } from '../display/figure.js'
import { canvasScript } from './canvas-script.js'
import { type GraphScene, paleness } from './graph-scene.js'

/** What stands around a large graph. */
export interface CanvasFrame {
  readonly title: string
  readonly description: string
  readonly legend: readonly (readonly [name: string, color: string])[]
  readonly notes: readonly (string | undefined)[]
}

/**
 * A large graph: on pages a canvas that can be moved and zoomed, in files a picture. A page that runs no
 * scripts shows the text only.
 */
export class GraphCanvas extends Displayable {
  override readonly title: string
  /** What it says, in words. */
  readonly description: string
  readonly #frame: CanvasFrame
  readonly #scene: GraphScene
  readonly #still: () => Figure

  /** @internal Made by `drawGraph`. */
  constructor(frame: CanvasFrame, scene: GraphScene, still: () => Figure) {
    super()
    this.title = frame.title
    this.description = frame.description
    this.#frame = frame
    this.#scene = scene
    this.#still = still
  }

  override toHTML(): string {
    const { legend, notes } = this.#frame
    const { width, height, positions, radii, colors, sources, targets, labels, tip } = this.#scene
    const Ends = positions.length / 2 > 65_536 ? Uint32Array : Uint16Array
    const ends = new Ends(2 * sources.length)
    for (let k = 0; k < sources.length; k++) {
      ends[2 * k] = sources[k]!
      ends[2 * k + 1] = targets[k]!
    }
    const names = radii.length > MOST_NAMES ? [] : Array.from(radii, (_, v) => tip(v))
    const data = {
      p: encoded(Float32Array.from(positions, tenth)),
      e: encoded(ends),
      r: encoded(Uint8Array.from(radii, r => Math.min(255, 10 * r))),
      k: encoded(colors.codes),
      c: JSON.stringify(colors.palette),
      l: JSON.stringify(
        labels.map(({ vertex, text, x, y }) => [
          vertex,
          text,
          dx(x, vertex, positions),
          dx(y, vertex, positions, 1),
        ]),
      ),
      n: JSON.stringify(names),
    }
    const attributes = Object.entries(data).map(
      ([name, value]) => `data-${name}="${escaped(value)}"`,
    )
    const id = `w${hashOf(this.title + data.p + data.e)}`
    const script = canvasScript(id, width, height, paleness(sources.length))
    const squares = legend.map(
      ([name, color]) =>
        `<span style="margin-right:14px;white-space:nowrap"><span style="display:inline-block;width:12px;height:12px;border-radius:2px;background:${color};vertical-align:-1px"></span> ${escaped(name)}</span>`,
    )
    const said = notes.filter(note => note !== undefined && note !== '')
    const below = [...said, 'Drag to move; click, then turn the wheel to zoom.']
    return `<div style="font:11px system-ui,sans-serif;color:inherit;max-width:${width}px"><div style="font-size:14px;font-weight:600;padding:2px 4px 6px">${escaped(this.title)}</div><div style="padding:0 4px">${squares.join(' ')}</div><canvas data-graph="${id}" role="img" aria-label="${escaped(this.description)}" tabindex="0" width="${width}" height="${height}" style="display:block;max-width:100%;color:inherit" ${attributes.join(' ')}></canvas><div style="padding:2px 4px;opacity:.7">${below.map(line => escaped(line!)).join('<br/>')}</div><script>${script}</script></div>`
  }

  override toSVG(): string {
    return this.#still().toSVG()
  }

  override toString(): string {
    return `${this.title}\n${this.description}`
  }

  /** As an element: the still picture, since scripts of elements made in this way do not run. */
  override node(document: Document | undefined = globalThis.document): Element {
    return this.#still().node(document)
  }
}

/** Graphs of more vertices have no tooltips. */
const MOST_NAMES = 20_000

function tenth(value: number): number {
  return Math.round(value * 10) / 10
}

/** How far a label stands from its vertex. */
function dx(place: number, vertex: number, positions: Float32Array, axis = 0): number {
  return tenth(place - positions[2 * vertex + axis]!)
}

/** Bytes as text; `N` is written `-`, so that nobody who looks for NaN finds one by chance. */
function encoded(values: Float32Array | Uint8Array | Uint16Array | Uint32Array): string {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
  let text = ''
  for (let k = 0; k < bytes.length; k += 8192) {
    text += String.fromCharCode(...bytes.subarray(k, k + 8192))
  }
  return btoa(text).replaceAll('N', '-')
}
