import { type Column, checkOutput, knownOptions, writeWhole } from '../../engine/extend.js'
import type { VertexId } from '../elements.js'
import type { Graph } from '../graph.js'
import type { LoadedGraph } from '../loading/loaded-graph.js'
import { GRAPH_FILE_OPTIONS, type GraphFileOptions } from './graph-file-options.js'
import { attributesOf } from './to-graphology.js'

/** Elements that are put together before they are written. */
const PIECE = 1000

/**
 * Writes the graph as GraphML, with directed edges. Fields of values become keys; their types are
 * boolean, double or string.
 *
 * @param path Compressed if it ends with `.gz`.
 * @throws {InputOutputError} If the file exists and may not be replaced, or the disk refuses.
 *
 * Cost: O(vertices + edges), written piece by piece.
 * @example
 * await writeGraphml(cycleGraph({ vertexCount: 5 }), 'ring.graphml')
 */
export async function writeGraphml<K extends VertexId, VV, EV>(
  graph: Graph<K, VV, EV>,
  path: string | URL,
  options: GraphFileOptions = {},
): Promise<void> {
  knownOptions(options, GRAPH_FILE_OPTIONS, 'writeGraphml')
  checkOutput(path, 'writeGraphml')
  await writeWhole(path, pieces(await graph.load(options)), 'writeGraphml', options)
}

type Keys = ReadonlyMap<string, { readonly id: string; readonly type: string }>

function* pieces<K extends VertexId, VV, EV>({
  topology,
  ids,
  vertexValues,
  edgeValues,
}: LoadedGraph<K, VV, EV>): Generator<string> {
  const { vertexCount, sources, targets } = topology
  const nodeKeys = keysOf(vertexValues, 'n')
  const edgeKeys = keysOf(edgeValues, 'e')
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
  yield declarations('node', nodeKeys) + declarations('edge', edgeKeys)
  yield '<graph edgedefault="directed">\n'
  const names = Array.from({ length: vertexCount }, (_, v) => escaped(String(ids.at(v))))
  yield* grouped(vertexCount, v => {
    return `<node id="${names[v]}"${content('node', vertexValues?.get(v), nodeKeys)}\n`
  })
  yield* grouped(sources.length, k => {
    const ends = `source="${names[sources[k]!]}" target="${names[targets[k]!]}"`
    return `<edge ${ends}${content('edge', edgeValues?.get(k), edgeKeys)}\n`
  })
  yield '</graph>\n</graphml>\n'
}

function* grouped(count: number, element: (index: number) => string): Generator<string> {
  for (let first = 0; first < count; first += PIECE) {
    let piece = ''
    for (let k = first; k < Math.min(first + PIECE, count); k++) piece += element(k)
    yield piece
  }
}

/** The fields of all values, each with the one type that it has everywhere, else string. */
function keysOf(values: Column | null, prefix: string): Keys {
  const types = new Map<string, string>()
  for (let row = 0; row < (values?.length ?? 0); row++) {
    for (const [name, field] of Object.entries(attributesOf(values!.get(row)))) {
      if (field === null || field === undefined) continue
      const type =
        typeof field === 'number' ? 'double' : typeof field === 'boolean' ? 'boolean' : 'string'
      types.set(name, (types.get(name) ?? type) === type ? type : 'string')
    }
  }
  return new Map([...types].map(([name, type], k) => [name, { id: `${prefix}${k}`, type }]))
}

function declarations(element: string, keys: Keys): string {
  return Array.from(
    keys,
    ([name, { id, type }]) =>
      `<key id="${id}" for="${element}" attr.name="${escaped(name)}" attr.type="${type}"/>\n`,
  ).join('')
}

/** The rest of an element's beginning, its data and its end. */
function content(element: string, value: unknown, keys: Keys): string {
  const data = Object.entries(attributesOf(value)).flatMap(([name, field]) => {
    if (field === null || field === undefined) return []
    const text = field instanceof Date ? field.toISOString() : textOf(field)
    return [`<data key="${keys.get(name)!.id}">${escaped(text)}</data>`]
  })
  return data.length === 0 ? '/>' : `>${data.join('')}</${element}>`
}

function textOf(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;',
}

/** A text for content and attributes; characters that XML cannot have become U+FFFD. */
function escaped(text: string): string {
  return text
    .replace(/[&<>"\n\r\t]/g, character => ENTITIES[character]!)
    .replace(/[\p{Cc}\ufffe\uffff]/gu, c => (c >= '\u007f' && c <= '\u009f' ? c : '\ufffd'))
}
