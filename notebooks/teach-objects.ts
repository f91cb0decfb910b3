import type { DataSet } from '../engine/index.js'
import type { Graph, VertexId } from '../gelly/index.js'
import type { AnyEstimator, AnyModel } from '../ml/index.js'
import { dataSetCard } from './cards/data-set-card.js'
import { estimatorCard } from './cards/estimator-card.js'
import { graphCard } from './cards/graph-card.js'
import { modelCard } from './cards/model-card.js'
import { teach } from './display/teach.js'

/** Makes data sets, graphs, models and estimators show themselves as the last expression of a cell. */
export function teachObjects(): void {
  teach({
    dataSet: object => dataSetCard(object as DataSet<unknown>),
    graph: object => graphCard(object as Graph<VertexId, unknown, unknown>),
    model: object => modelCard(object as AnyModel),
    estimator: object => estimatorCard(object as AnyEstimator),
  })
}
