import type { DataSet } from '../../engine/index.js'
import { Card, linesHTML } from './card.js'

/**
 * How a data set shows itself: by the operations that describe it. It runs nothing, so there are no
 * records in it.
 */
export function dataSetCard(data: DataSet<unknown>): Card {
  const text = String(data)
  const hint = `<div style="opacity:.7">not run; await data.collect() gives records, table(records) shows them</div>`
  return new Card('DataSet', text, linesHTML(text) + hint)
}
