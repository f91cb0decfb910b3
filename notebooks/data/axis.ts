import type { ScaleOptions } from '../charts/plot.js'
import { grouped } from './finite.js'
import type { Values } from './rows.js'

/** The values of an axis and how it counts. */
export interface Axis {
  readonly kind: 'number' | 'time' | 'name'
  /** By record; NaN where there is none. Names are counted in their order. */
  readonly values: Float64Array
  /** The names, for an axis of them. */
  readonly names: readonly string[]
  /** The value of a record as Plot takes it. */
  at(record: number): number | Date | string
  /** For Plot. */
  readonly scale: ScaleOptions
}

/** How a field runs along an axis: numbers, times, or names in the order in which they come. */
export function axisOf(values: Values, label: string, log = false): Axis {
  const first = Array.from({ length: Math.min(values.length, 1000) }, (_, k) => values[k]).find(
    value => value !== null && value !== undefined,
  )
  if (first instanceof Date) {
    const times = Float64Array.from({ length: values.length }, (_, k) => {
      const value = values[k]
      return value instanceof Date ? value.getTime() : Number.NaN
    })
    const at = (record: number) => new Date(times[record]!)
    return { kind: 'time', values: times, names: [], at, scale: { label, type: 'utc' } }
  }
  if (typeof first === 'string') {
    const names = new Map<string, number>()
    const places = Float64Array.from({ length: values.length }, (_, k) => {
      const value = values[k]
      if (typeof value !== 'string') return Number.NaN
      if (!names.has(value)) names.set(value, names.size)
      return names.get(value)!
    })
    const list = [...names.keys()]
    const at = (record: number) => list[places[record]!]!
    return {
      kind: 'name',
      values: places,
      names: list,
      at,
      scale: { label, type: 'point', domain: list },
    }
  }
  const numbers = Float64Array.from({ length: values.length }, (_, k) => {
    const value = values[k]
    const number =
      typeof value === 'number'
        ? value
        : typeof value === 'boolean' || typeof value === 'bigint'
          ? Number(value)
          : Number.NaN
    return Number.isFinite(number) && !(log && number <= 0) ? number : Number.NaN
  })
  const scale = {
    label,
    ...(log ? { type: 'log' as const, ticks: 5, tickFormat: '.3~g' } : {}),
    ...onlyTick(numbers),
  }
  return { kind: 'number', values: numbers, names: [], at: record => numbers[record]!, scale }
}

/** The tick of an axis with one value only, which has no steps to count its decimals by. */
export function onlyTick(numbers: ArrayLike<number>): ScaleOptions {
  let only = Number.NaN
  for (let k = 0; k < numbers.length; k++) {
    const number = numbers[k]!
    if (Number.isNaN(number) || number === only) continue
    if (!Number.isNaN(only)) return {}
    only = number
  }
  return Number.isNaN(only) ? {} : { ticks: [only], tickFormat: grouped }
}
