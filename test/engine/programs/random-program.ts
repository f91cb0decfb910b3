/** Random programs on data sets, of every operation whose answer is defined. */
import { randomFrom } from '../../support/random.js'
import {
  type Field,
  lastName,
  quoted,
  read,
  renamed,
  type Type,
  topName,
  withFields,
} from './fields.js'
import { inMemory, LARGEST, type Part } from './growing.js'
import type { Program } from './program.js'
import { PairGrower } from './random-pairs.js'

const NUMBERS = [0, -0, 1, 2, 3, 4, 5, 7, 0.5, -1.5, 2 ** 31, -(2 ** 31), null, Number.NaN]
const TEXTS = ['', 'a', 'b', 'ü', '日本', '😀', 'constructor', '__proto__', null]

/** The program of a seed. */
export function randomProgram(seed: number): Program {
  return new Grower(randomFrom(seed)).program()
}

class Grower extends PairGrower {
  program(): Program {
    const random = this.random
    const data = this.data()
    const steps = 2 + random.int(7)
    for (let step = 0; step < steps || this.statements.length === 0; step++) {
      this.grow(random.chance(0.75) ? this.parts.at(-1)! : random.pick(this.parts))
    }
    const last = this.statements.at(-1)!.name
    const other = random.pick(this.statements).name
    const roots = random.chance(0.3) && other !== last ? [last, other] : [last]
    return { data, statements: this.statements, roots }
  }

  protected data(): Record<string, unknown[]> {
    const random = this.random
    const size = () => random.pick([0, 1, 5, 20, 60])
    const number = () => random.pick(NUMBERS)
    const text = () => random.pick(TEXTS)
    const whole = () => random.int(6)
    const date = () => random.pick([new Date(0), new Date(86_400_000), new Date(5), null])
    const flag = () => random.pick([true, false, null])
    const records = {
      numbers: random.array(20 + size(), () => ({ a: number(), b: whole(), c: number() })),
      things: random.array(5 + size(), () => ({ k: whole(), s: text(), f: flag(), d: date() })),
      nested: random.array(1 + size(), k =>
        k % 3 === 0 ? { k: whole(), u: null } : { k: whole(), u: { p: number(), q: text() } },
      ),
      tuples: random.array(1 + size(), () => [whole(), text()]),
      values: random.array(1 + size(), () => random.pick([0, 1, 2, 3, 0.5])),
    }
    const fields: Readonly<Record<keyof typeof records, Readonly<Record<string, Type>>>> = {
      numbers: { a: 'number', b: 'number', c: 'number' },
      things: { k: 'number', s: 'string', f: 'boolean', d: 'date' },
      nested: { k: 'number', 'u.p': 'number', 'u.q': 'string' },
      tuples: { 0: 'number', 1: 'string' },
      values: { value: 'number' },
    }
    for (const name of random.shuffle(Object.keys(records) as (keyof typeof records)[])) {
      this.parts.push({
        name,
        fields: Object.entries(fields[name]).map(([path, type]) => ({ path, type })),
        order: 'exact',
        size: records[name].length,
        shape: name === 'tuples' ? 'tuple' : name === 'values' ? 'value' : 'object',
      })
    }
    return records
  }

  protected grow(part: Part): void {
    if (part.shape === 'tuple') this.growTuple(part)
    else if (part.shape === 'value') this.growValue(part)
    else this.growObject(part)
  }

  protected growObject(part: Part): void {
    const steps = [
      this.filter,
      this.filter,
      this.map,
      this.map,
      this.derive,
      this.select,
      this.flatMap,
      this.union,
      this.distinct,
      this.first,
      this.sort,
      this.aggregate,
      this.aggregate,
      this.pick,
      this.reduce,
      this.reduceGroup,
      this.join,
      this.join,
      this.selection,
      this.merge,
      this.coGroup,
      this.cross,
      this.partition,
      this.mapPartition,
      this.number,
      this.cache,
      this.handed,
      this.twins,
    ]
    this.random.pick(steps).call(this, part)
  }

  protected filter(part: Part): void {
    const number = this.field(part, 'number')
    const n = this.random.int(5)
    const formula =
      number && this.random.chance(0.3) && !number.path.includes('.')
        ? this.random.pick([
            `${number.path} > ${n}`,
            `${number.path} * 2 <= ${n} or ${number.path} == 3`,
          ])
        : undefined
    const condition = formula ? `'${formula}'` : `r => ${this.condition(part)}`
    this.add(`${part.name}.filter(${condition})`, [part])
  }

  protected map(part: Part): void {
    const [x, y, z] = this.random.array(3, () => this.field(part)!)
    const number = this.field(part, 'number')
    const doubled = number ? `{ ...r, m: ${read(number)} * 2 }` : `{ ...r, m: 1 }`
    const [text, fields] = this.random.pick<readonly [string, readonly Field[]]>([
      [`r => (${doubled})`, withFields(part.fields, { path: 'm', type: 'number' })],
      [
        `r => ({ x: ${read(x!)}, y: ${read(y!)}, z: ${read(z!)} })`,
        [renamed(x!, 'x'), renamed(y!, 'y'), renamed(z!, 'z')],
      ],
      [
        `r => { const x = ${read(x!)}; return { ...r, x } }`,
        withFields(part.fields, renamed(x!, 'x')),
      ],
      ['r => r', part.fields],
      [
        `({ ...rest }) => ({ ...rest, n: 3 })`,
        withFields(part.fields, { path: 'n', type: 'number' }),
      ],
    ])
    this.add(`${part.name}.map(${text})`, [part], { fields })
  }

  protected derive(part: Part): void {
    const [number, other] = [this.field(part, 'number'), this.field(part)!]
    if (number === undefined) return
    const plain = !number.path.includes('.')
    const text =
      plain && this.random.chance(0.5)
        ? `{ p: '${number.path} * 2 + 1', q: r => ${read(other)} }`
        : `{ p: r => ${read(number)} - 1, q: r => ${read(other)} }`
    const fields = withFields(part.fields, { path: 'p', type: 'number' }, renamed(other, 'q'))
    this.add(`${part.name}.derive(${text})`, [part], { fields })
  }

  protected select(part: Part): void {
    const kept = this.random.shuffle(part.fields).slice(0, 1 + this.random.int(part.fields.length))
    if (this.random.chance(0.5)) {
      const fields = kept.map(field => renamed(field, lastName(field.path)))
      if (new Set(fields.map(field => field.path)).size < fields.length) return
      this.add(`${part.name}.select(${quoted(kept)})`, [part], { fields })
      return
    }
    const fields = kept.map((field, k) => renamed(field, `w${k}`))
    const names = kept.map((field, k) => `w${k}: '${field.path}'`).join(', ')
    this.add(`${part.name}.selectAs({ ${names} })`, [part], { fields })
  }

  protected flatMap(part: Part): void {
    const condition = this.condition(part)
    const text = this.random.pick([
      `r => ${condition} ? [r, r] : []`,
      `r => [r].filter(r => ${condition})`,
      `function* (r) { if (${condition}) yield r }`,
    ])
    this.add(`${part.name}.flatMap(${text})`, [part], { size: part.size * 1.5 })
  }

  protected union(part: Part): void {
    const other = this.random.pick(
      this.parts.filter(({ shape, size }) => shape === 'object' && size + part.size < LARGEST),
    )
    if (other === undefined || part.size * 2 > LARGEST) return
    const same = (a: Field, b: Field) => a.path === b.path && a.type === b.type
    const clash = part.fields.some(a =>
      other.fields.some(b => topName(a.path) === topName(b.path) && !same(a, b)),
    )
    if (clash) return
    // Only fields of both sides are used further; the others may be absent.
    const fields = part.fields.filter(a => other.fields.some(b => same(a, b)))
    if (fields.length === 0) return
    this.add(`${part.name}.union(${other.name})`, [part, other], {
      fields,
      size: part.size + other.size,
    })
  }

  protected distinct(given: Part): void {
    if (this.random.chance(0.3)) {
      const fields = this.some(given, 3).filter(field => !field.path.includes('.'))
      if (fields.length === 0) return
      const text = `${given.name}.select(${quoted(fields)}).distinct()`
      this.add(text, [given], { fields, order: inMemory(given.order) })
      return
    }
    const part = this.ordered(given)
    const keys = this.random.chance(0.2)
      ? `r => ${read(this.field(part)!)}`
      : quoted(this.some(part))
    this.add(`${part.name}.distinct(${keys})`, [part], { order: inMemory(part.order) })
  }

  protected first(given: Part): void {
    const part = this.ordered(given)
    const count = 1 + this.random.int(12)
    if (this.random.chance(0.4)) {
      this.add(`${part.name}.first(${count})`, [part], { size: count })
      return
    }
    const by = `${part.name}.groupBy(${quoted(this.some(part))})`
    if (this.random.chance(0.5)) {
      this.add(`${by}.first(${count})`, [part], { order: 'none' })
      return
    }
    const sort = `.sortGroup('${this.field(part)!.path}', '${this.direction()}')`
    this.add(`${by}${sort}.first(${count})`, [part], { order: 'none' })
  }

  protected sort(part: Part): void {
    const keys = this.some(part, 3).map((field, k) => {
      const key = this.random.chance(0.2) ? `r => ${read(field)}` : `'${field.path}'`
      return `.${k === 0 ? 'orderBy' : 'thenBy'}(${key}, '${this.direction()}')`
    })
    const limit = part.order === 'exact' && this.random.chance(0.3) ? '.first(7)' : ''
    this.add(`${part.name}${keys.join('')}${limit}`, [part], {
      order: part.order,
      size: limit ? 7 : part.size,
    })
  }

  protected aggregate(given: Part): void {
    const { chance } = this.random
    const ops = this.random.shuffle(Object.keys(AGGREGATES)).slice(0, 1 + this.random.int(3))
    const positional = ops.some(op => op === 'firstValue' || op === 'lastValue')
    const part = positional ? this.ordered(given) : given
    const made: Field[] = []
    const aggregates = ops.flatMap((op, k) => {
      const as = `g${this.names}${'abc'[k]}`
      const types = AGGREGATES[op]!
      const field = this.random.pick(part.fields.filter(({ type }) => types.includes(type)))
      if (op === 'count') {
        made.push({ path: as, type: 'number' })
        return [`${as}: count()`]
      }
      if (field === undefined) return []
      const kept = ['min', 'max', 'firstValue', 'lastValue'].includes(op)
      made.push({ path: as, type: kept ? field.type : 'number' })
      const byFunction = op === 'share' || chance(0.2)
      const input =
        op === 'share'
          ? `r => ${read(field)} > 2`
          : byFunction
            ? `r => ${read(field)}`
            : `'${field.path}'`
      return [`${as}: ${op}(${input})`]
    })
    if (aggregates.length === 0) return
    if (chance(0.2)) {
      const text = `${part.name}.aggregate({ ${aggregates.join(', ')} })`
      this.add(text, [part], { fields: made, order: 'exact', size: 1 })
      return
    }
    const keys = this.some(part)
    const byFunction = chance(0.25)
    const names = byFunction ? keys.map((_, k) => `h${k}`) : keys.map(({ path }) => lastName(path))
    if (new Set(names).size < names.length) return
    const key = byFunction
      ? `r => ({ ${keys.map((field, k) => `h${k}: ${read(field)}`).join(', ')} })`
      : quoted(keys)
    const text = `${part.name}.groupBy(${key}).aggregate({ ${aggregates.join(', ')} })`
    const fields = [...keys.map((field, k) => renamed(field, names[k]!)), ...made]
    this.add(text, [part], { fields, order: inMemory(part.order) })
  }

  protected pick(given: Part): void {
    const part = this.ordered(given)
    const by = this.random.chance(0.3) ? '' : `.groupBy(${quoted(this.some(part))})`
    const op = this.random.pick(['minBy', 'maxBy'])
    const order = by === '' ? 'exact' : inMemory(part.order)
    this.add(`${part.name}${by}.${op}(${quoted(this.some(part))})`, [part], { order })
  }

  protected reduce(given: Part): void {
    const number = this.field(given, 'number')
    if (number === undefined || number.path.includes('.')) return
    const part = this.ordered(given)
    const { path } = part === given ? number : this.field(part, 'number')!
    const by = this.random.chance(0.3) ? '' : `.groupBy(${quoted(this.some(part))})`
    const sum = `(a.${path} ?? 0) + (b.${path} ?? 0)`
    const text = `${part.name}${by}.reduce((a, b) => ({ ...a, ${path}: ${sum} }))`
    const order = by === '' ? 'exact' : inMemory(part.order)
    this.add(text, [part], { order })
  }

  protected reduceGroup(given: Part): void {
    const part = this.ordered(given)
    const field = this.field(part)!
    const keys = this.some(part)
    const sort = this.random.chance(0.5)
      ? `.sortGroup('${this.field(part)!.path}', '${this.direction()}')`
      : ''
    const [fn, fields] = this.random.pick<readonly [string, readonly Field[]]>([
      ['group => group.slice(0, 2)', part.fields],
      ['function* (group) { for (const r of group) yield r }', part.fields],
      [
        `group => ({ n: group.length, x: ${read(field, 'group[0]')} })`,
        [{ path: 'n', type: 'number' }, renamed(field, 'x')],
      ],
    ])
    const text = `${part.name}.groupBy(${quoted(keys)})${sort}.reduceGroup(${fn})`
    this.add(text, [part], { fields, order: inMemory(part.order) })
  }

  protected partition(part: Part): void {
    const field = this.field(part)!
    const number = this.field(part, 'number')
    const text = this.random.pick([
      '.rebalance()',
      '.rebalance({ partitions: 4 })',
      `.partitionByHash('${field.path}')`,
      `.partitionByRange('${field.path}')`,
      `.partitionByHash(r => ${read(field)}, { partitions: 3 })`,
      ...(number
        ? [`.partitionCustom('${number.path}', (k, n) => Math.abs(Math.trunc(k) || 0) % n)`]
        : []),
    ])
    const sorted = this.random.chance(0.3) ? `.sortPartition('${this.field(part)!.path}')` : ''
    this.add(`${part.name}${text}${sorted}`, [part], { order: 'none' })
  }

  protected mapPartition(part: Part): void {
    const condition = this.condition(part)
    const text = this.random.pick([
      `records => [...records].filter(r => ${condition})`,
      `function* (records) { for (const r of records) if (${condition}) yield r }`,
    ])
    this.add(`${part.name}.mapPartition(${text})`, [part])
  }

  protected number(given: Part): void {
    const part = this.ordered(given)
    const name = `i${this.names}`
    const fields = withFields(part.fields, { path: name, type: 'number' })
    this.add(`${part.name}.zipWithIndex('${name}')`, [part], { fields })
  }

  protected cache(part: Part): void {
    this.add(`${part.name}.cache()`, [part])
  }

  protected handed(part: Part): void {
    const other = this.random.pick(this.parts.filter(({ shape }) => shape === 'object'))
    const number = this.field(part, 'number')
    if (number === undefined || other === undefined) return
    const fields = withFields(part.fields, { path: 't', type: 'number' })
    const text = this.random.pick([
      `${part.name}.map((r, { others, shift }) => ({ ...r, t: others.length + shift }), { with: { others: ${other.name}, shift: 2 } })`,
      `${part.name}.filter((r, { others }) => others.length > ${read(number)}, { with: { others: ${other.name} } }).map(r => ({ ...r, t: 1 }))`,
    ])
    this.add(text, [part, other], { fields, order: part.order })
  }

  /** The same operation written twice, which is run once. */
  protected twins(part: Part): void {
    if (part.size * 2 > LARGEST) return
    const condition = this.condition(part)
    const once = `${part.name}.filter(r => ${condition})`
    this.add(`${once}.union(${once})`, [part], { size: part.size * 2 })
  }

  protected growTuple(part: Part): void {
    const fields: readonly Field[] = [
      { path: 'x', type: 'number' },
      { path: 'y', type: 'string' },
    ]
    const [text, made] = this.random.pick<readonly [string, Partial<Part>]>([
      ['.filter(([x, y]) => x > 1 && y !== null)', {}],
      ['.map(([x, y]) => [x + 1, y])', {}],
      ['.map(([x, y]) => ({ x, y }))', { shape: 'object', fields }],
      ["['distinct'](0)".replace("['distinct']", '.distinct'), { order: inMemory(part.order) }],
      ['.distinct()', { order: inMemory(part.order) }],
      [".orderBy(1, 'descending').thenBy(0)", {}],
      ['.flatMap(([x, y]) => [{ x, y }, { x, y: null }])', { shape: 'object', fields }],
      [
        ".groupBy(1).aggregate({ n: count(), x: max('0') }).map(r => ({ x: r.x, y: r[1] }))",
        { shape: 'object', fields, order: inMemory(part.order) },
      ],
    ])
    const base = part.order === 'exact' || !text.includes('distinct(0)') ? part : undefined
    if (base !== undefined) this.add(`${part.name}${text}`, [part], made)
  }

  protected growValue(part: Part): void {
    const value: Partial<Part> = { shape: 'object', fields: [{ path: 'x', type: 'number' }] }
    const [text, made] = this.random.pick<readonly [string, Partial<Part>]>([
      ['.filter(x => x > 1)', {}],
      ['.map(x => x * 2)', {}],
      ['.map(x => ({ x }))', value],
      ['.distinct()', { order: inMemory(part.order) }],
      [".orderBy(x => x, 'descending')", {}],
      ['.flatMap(x => [x, x + 1])', { size: part.size * 2 }],
      ['.reduce((a, b) => a + b)', { size: 1, order: 'exact' }],
      [
        '.groupBy(x => x).count().map(r => ({ x: r.key, n: r.count }))',
        {
          shape: 'object',
          fields: [
            { path: 'x', type: 'number' },
            { path: 'n', type: 'number' },
          ],
          order: inMemory(part.order),
        },
      ],
    ])
    this.add(`${part.name}${text}`, [part], made)
  }
}

/** The types that each aggregate takes. */
const AGGREGATES: Readonly<Record<string, readonly Type[]>> = {
  count: [],
  sum: ['number'],
  mean: ['number'],
  min: ['number', 'string', 'date'],
  max: ['number', 'string', 'date'],
  countDistinct: ['number', 'string', 'boolean', 'date'],
  share: ['number'],
  firstValue: ['number', 'string', 'boolean', 'date'],
  lastValue: ['number', 'string', 'boolean', 'date'],
}
