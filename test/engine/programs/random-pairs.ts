/** Operations of random programs on two data sets. */
import { type Field, outer, quoted, read, renamed, withFields } from './fields.js'
import { Growing, LARGEST, type Part } from './growing.js'

/** Adds joins, coGroups and crosses. */
export abstract class PairGrower extends Growing {
  /** Another part to join with, and a pair of keys of one type. */
  protected partner(left: Part): { right: Part; a: Field; b: Field } | undefined {
    const right = this.random.pick(this.parts.filter(({ shape }) => shape === 'object'))
    const a = this.field(left)
    const b = a && right && this.field(right, a.type)
    if (!a || !b || (left.size * right.size) / 4 > LARGEST) return undefined
    return { right, a, b }
  }

  protected keyed(left: Part, right: Part, kind: string, a: Field, b: Field): string {
    const hint = this.random.pick(['', '', '', 'build-left', 'build-right', 'sort-merge'])
    const options = kind === 'coGroup' || hint === '' ? '' : `, { hint: '${hint}' }`
    const keys = this.random.chance(0.2)
      ? [`r => ${read(a)}`, `r => ${read(b)}`]
      : [`'${a.path}'`, `'${b.path}'`]
    return `${left.name}.${kind}(${right.name}${options}).where(${keys[0]}).equalTo(${keys[1]})`
  }

  protected join(left: Part): void {
    const found = this.partner(left)
    if (found === undefined) return
    const { right, a, b } = found
    const kind = this.random.pick(['join', 'join', 'leftJoin', 'rightJoin', 'fullJoin'])
    const [x, y] = [this.field(left)!, this.field(right)!]
    const condition = this.random.chance(0.3)
      ? `.filter((l, r) => ${this.condition(left, 'l')}${this.random.chance(0.5) ? ` && ${this.condition(right)}` : ''})`
      : ''
    const pair = [renamed(x, 'x'), renamed(y, 'y')]
    const [result, fields] = this.random.pick<readonly [string, readonly Field[]]>([
      [`.with((l, r) => ({ x: ${outer(x, 'l')}, y: ${outer(y, 'r')} }))`, pair],
      [`.pairs().map(([l, r]) => ({ x: ${outer(x, 'l')}, y: ${outer(y, 'r')} }))`, pair],
      [`.flatWith((l, r) => l && r ? [{ x: ${outer(x, 'l')}, y: ${outer(y, 'r')} }] : [])`, pair],
      kind === 'join' || kind === 'leftJoin'
        ? [
            `.with((l, r) => ({ ...l, y: ${outer(y, 'r')} }))`,
            withFields(left.fields, renamed(y, 'y')),
          ]
        : [
            `.with((l, r) => ({ x: ${outer(x, 'l')}, a: ${outer(a, 'l')}, y: ${outer(y, 'r')} }))`,
            [...pair, renamed(a, 'a')],
          ],
    ])
    this.add(`${this.keyed(left, right, kind, a, b)}${condition}${result}`, [left, right], {
      fields,
      order: 'none',
      size: (left.size * right.size) / 4 + left.size + right.size,
    })
  }

  protected selection(left: Part): void {
    const found = this.partner(left)
    if (found === undefined) return
    const { right, a, b } = found
    const kind = this.random.pick(['semiJoin', 'antiJoin'])
    this.add(this.keyed(left, right, kind, a, b), [left, right], { order: 'none' })
  }

  /** A merge; the right side's fields get names of their own, but for a key of the same name. */
  protected merge(left: Part): void {
    const found = this.partner(left)
    if (found === undefined || left.fields.some(({ path }) => path.includes('.'))) return
    const { right, a, b } = found
    const other = this.field(right)!
    const name = `v${this.names}`
    const kind = this.random.pick(['join', 'leftJoin', 'rightJoin', 'fullJoin'])
    const sides = `${right.name}.selectAs({ ${a.path}: '${b.path}', ${name}: '${other.path}' })`
    const keep = `${left.name}.select(${quoted(left.fields)})`
    const text = `${keep}.${kind}(${sides}).where('${a.path}').equalTo('${a.path}').merge()`
    this.add(text, [left, right], {
      fields: withFields(left.fields, renamed(other, name)),
      order: 'none',
      size: (left.size * right.size) / 4 + left.size + right.size,
    })
  }

  protected coGroup(given: Part): void {
    const found = this.partner(given)
    if (found === undefined) return
    const { right, a, b } = found
    const sort = this.random.chance(0.3) ? `.sortLeft('${this.field(given)!.path}')` : ''
    const text = `${this.keyed(given, right, 'coGroup', a, b)}${sort}.with((l, r) => ({ n: l.length, m: r.length, key: ${outer(a, 'l[0]')} ?? ${outer(b, 'r[0]')} }))`
    this.add(text, [given, right], {
      fields: [{ path: 'n', type: 'number' }, { path: 'm', type: 'number' }, renamed(a, 'key')],
      order: 'none',
      size: given.size + right.size,
    })
  }

  protected cross(left: Part): void {
    const right = this.random.pick(
      this.parts.filter(p => p.shape === 'object' && p.size * left.size < LARGEST),
    )
    if (right === undefined) return
    const [x, y] = [this.field(left)!, this.field(right)!]
    const text = this.random.pick([
      `.with((l, r) => ({ x: ${read(x, 'l')}, y: ${read(y)} }))`,
      `.pairs().map(([l, r]) => ({ x: ${read(x, 'l')}, y: ${read(y)} }))`,
      `.flatWith((l, r) => [{ x: ${read(x, 'l')}, y: ${read(y)} }])`,
    ])
    this.add(`${left.name}.cross(${right.name})${text}`, [left, right], {
      fields: [renamed(x, 'x'), renamed(y, 'y')],
      order: 'none',
      size: left.size * right.size,
    })
  }
}
