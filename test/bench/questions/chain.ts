/**
 * A chain of map, filter and map with lambdas over records of two numbers: what do records and
 * lambdas cost beside a loop written by hand?
 *
 * Rivals: a loop over typed arrays, and arquero. Run: `npm run bench -- chain`.
 *
 * Part `captured` has the same chain with lambdas that use a constant from around them, instead of
 * literals: such a loop is compiled differently, since the constant is not in the lambda's text.
 */
import { fromColumns } from '../../../engine/index.js'
import { orderedSum } from '../answer.js'
import { type Benchmark, task } from '../benchmark.js'
import { fractions, integers } from '../data.js'
import { arquero as loadArquero } from '../rivals/arquero.js'

export const chain: Benchmark = {
  name: 'chain',
  question: 'map, filter and map with lambdas; two numbers in, two numbers out',
  records: 10_000_000,
  parts: ['literals', 'captured'],
  contenders: { wiesel, 'by hand': byHand, arquero },
  goals: { 'by hand': 2 },
}

interface Points {
  readonly x: ArrayLike<number>
  readonly y: ArrayLike<number>
}

const input = (records: number) => ({
  a: fractions(records, 1),
  b: integers(records, 1000, 2),
})

const digest = ({ x, y }: Points) => ({
  length: x.length,
  x: orderedSum(x),
  y: orderedSum(y),
})

function wiesel({ records }: { records: number }) {
  const data = fromColumns(input(records))
  const literals = data
    .map(r => ({ x: r.a * 3 + r.b, y: r.a - r.b }))
    .filter(r => r.x > 500)
    .map(r => ({ x: r.x * r.y, y: r.y + 1 }))
  const [factor, limit] = [3, 500]
  const captured = data
    .map(r => ({ x: r.a * factor + r.b, y: r.a - r.b }))
    .filter(r => r.x > limit)
    .map(r => ({ x: r.x * r.y, y: r.y + 1 }))
  return {
    literals: task(() => literals.toColumns(), digest),
    captured: task(() => captured.toColumns(), digest),
  }
}

function byHand({ records }: { records: number }) {
  const { a, b } = input(records)
  const loop = task(() => {
    const [xs, ys] = [new Float64Array(records), new Float64Array(records)]
    let length = 0
    for (let k = 0; k < records; k++) {
      const x = a[k]! * 3 + b[k]!
      const y = a[k]! - b[k]!
      if (x > 500) {
        xs[length] = x * y
        ys[length++] = y + 1
      }
    }
    return { x: xs.subarray(0, length), y: ys.subarray(0, length) }
  }, digest)
  return { literals: loop, captured: loop }
}

async function arquero({ records }: { records: number }) {
  const { table } = await loadArquero()
  const data = table(input(records))
  const loop = task(() => {
    const result = data
      .derive({ x: 'd => d.a * 3 + d.b', y: 'd => d.a - d.b' })
      .filter('d => d.x > 500')
      .derive({ x: 'd => d.x * d.y', y: 'd => d.y + 1' })
    return { x: result.array('x', Float64Array), y: result.array('y', Float64Array) }
  }, digest)
  return { literals: loop, captured: loop }
}
