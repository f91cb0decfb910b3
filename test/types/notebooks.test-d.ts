/** Type tests: this file is compiled with the others and never run. */
import { from } from '../../engine/index.js'
import {
  bars,
  box,
  type Figure,
  heatmap,
  lines,
  residuals,
  scatter,
  summary,
  type TableView,
  table,
} from '../../notebooks/index.js'
import { expectType } from './expect-type.js'

const RECORDS = [{ city: 'Oslo', people: 709, far: 1.5 }]

// Tables of Arrow are taken as they are; their fields may have any names.
const arrow = await from(RECORDS).toArrow()
expectType<Figure>().of(scatter(arrow, { x: 'people', y: 'far', color: 'city' }))
expectType<Figure>().of(lines(arrow, { x: 'people', y: ['far'] }))
expectType<Figure>().of(bars(arrow, { name: 'city', value: 'people' }))
expectType<Figure>().of(box(arrow, { value: 'far' }))
expectType<Figure>().of(heatmap(arrow, { x: 'city', y: 'people' }))
expectType<Figure>().of(residuals(arrow, { label: 'far', prediction: 'people' }))
expectType<TableView>().of(table(arrow, { columns: ['city'] }))
summary(arrow)

// Fields of records and of columns are known.
scatter(RECORDS, { x: 'people', y: 'far' })
scatter({ people: [1], far: Float64Array.of(2) }, { x: 'people', y: 'far' })
// @ts-expect-error there is no such field
scatter(RECORDS, { x: 'people', y: 'near' })
// @ts-expect-error there is no such field
bars({ people: [1] }, { name: 'people', value: 'city' })
// @ts-expect-error there is no such field
table(RECORDS, { columns: ['near'] })
