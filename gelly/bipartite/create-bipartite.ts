import { environmentOf, knownOptions, shown } from '../../engine/extend.js'
import { ArgumentError, type DataSet, type RunOptions } from '../../engine/index.js'
import type { Vertex, VertexId } from '../elements.js'
import { memoised } from '../loading/memoised.js'
import { tableSource } from '../loading/table-source.js'
import { signalOf } from '../loading/views.js'
import { needsParts } from '../operations/arguments.js'
import { dataSetsOf, type Records } from '../operations/create.js'
import { type BipartiteEdge, type LoadedBipartite, loadBipartite } from './load-bipartite.js'

/** What a bipartite graph is: three data sets, and how they are loaded. */
export interface BipartiteData<KT extends VertexId, KB extends VertexId, VT, VB, EV> {
  readonly top: DataSet<Vertex<KT, VT>>
  readonly bottom: DataSet<Vertex<KB, VB>>
  readonly edges: DataSet<BipartiteEdge<KT, KB, EV>>
  readonly load: (options?: RunOptions) => Promise<LoadedBipartite<KT, KB>>
}

/** See `BipartiteGraph.from`. */
export function bipartiteFrom<KT extends VertexId, KB extends VertexId, VT, VB, EV>(parts: {
  readonly top?: Records<Vertex<KT, VT>>
  readonly bottom?: Records<Vertex<KB, VB>>
  readonly edges: Records<BipartiteEdge<KT, KB, EV>>
}): BipartiteData<KT, KB, VT, VB, EV> {
  const example = '{ edges: [{ top: 1, bottom: 2 }] }'
  needsParts(parts, ['top', 'bottom', 'edges'], example, 'BipartiteGraph.from')
  const dataSet = dataSetsOf([parts.edges, parts.top, parts.bottom])
  const vertices = <K extends VertexId, V>(records: Records<Vertex<K, V>> | undefined) =>
    records === undefined
      ? null
      : (dataSet(records).map(({ id, value }) => ({ id, value })) as DataSet<Vertex<K, V>>)
  const edges = dataSet(parts.edges).map(({ top, bottom, value }) => ({ top, bottom, value }))
  return dataOf(
    vertices(parts.top),
    vertices(parts.bottom),
    edges as DataSet<BipartiteEdge<KT, KB, EV>>,
  )
}

/** See `BipartiteGraph.fromEdges`. */
export function bipartiteFromEdges<KT extends VertexId, KB extends VertexId, EV>(
  records: Records<unknown>,
  fields: { readonly top: string; readonly bottom: string; readonly value?: string | undefined },
): BipartiteData<KT, KB, null, null, EV> {
  const operation = 'BipartiteGraph.fromEdges'
  knownOptions(fields, ['top', 'bottom', 'value'], operation)
  const { top, bottom, value } = (fields as Partial<typeof fields> | undefined) ?? {}
  if (top === undefined || bottom === undefined) {
    throw new ArgumentError(
      `${operation}: the second argument must name the fields that have the ends of edges, such as { top: 'customer', bottom: 'order' }; got ${shown(fields)}.`,
    )
  }
  const data = dataSetsOf([records])(records) as DataSet<Readonly<Record<string, unknown>>>
  const edges = data.selectAs(value === undefined ? { top, bottom } : { top, bottom, value })
  return dataOf<KT, KB, null, null, EV>(null, null, edges as never)
}

function dataOf<KT extends VertexId, KB extends VertexId, VT, VB, EV>(
  top: DataSet<Vertex<KT, VT>> | null,
  bottom: DataSet<Vertex<KB, VB>> | null,
  edges: DataSet<BipartiteEdge<KT, KB, EV>>,
): BipartiteData<KT, KB, VT, VB, EV> {
  const load = memoised(run => loadBipartite({ top, bottom, edges }, run))
  const view = <K extends VertexId, V>(side: 'top' | 'bottom') =>
    environmentOf(edges).read<Vertex<K, V>>(
      tableSource(`the ${side} of edges`, async request => {
        const { ids, values } = (await load(signalOf(request)))[side]
        return { length: ids.length, columns: { id: () => ids.column, value: () => values } }
      }),
    )
  return { top: top ?? view('top'), bottom: bottom ?? view('bottom'), edges, load }
}
