import type { DataSet } from '../../engine/index.js'
import { planDag } from '../plans/plan-dag.js'
import { Card, linesHTML } from './card.js'

/** Plans of more operations are shown as text. */
const MOST = 60

/**
 * How a data set shows itself: by the diagram of the operations that describe it. It runs nothing, so
 * there are no records in it.
 */
export function dataSetCard(data: DataSet<unknown>): Card {
  const text = String(data)
  const outline = data.outline()
  const plan = outline.length > MOST ? linesHTML(text) : planDag(outline).toHTML()
  const hint = `<div style="opacity:.7">not run; await data.collect() gives records, table(records) shows them</div>`
  return new Card('DataSet', text, plan + hint)
}
