/**
 * The functions that formulas know. Each is given twice, as a plain function and as source, which
 * must agree. All but those that ask for missing values are missing when an argument is.
 *
 * Dates are taken as `Date` or as milliseconds since 1970; calendar functions count in UTC.
 */

/** One function of formulas. */
export interface FormulaFunction {
  /** Least and largest number of arguments. */
  readonly arity: readonly [least: number, most: number]
  readonly call: (...values: never[]) => unknown
  /** Source of a call over expressions that can be repeated. */
  readonly source: (...values: string[]) => string
  readonly type: 'number' | 'string' | 'boolean' | 'date' | 'any'
  /** Whether missing arguments reach the function, instead of making the result missing. */
  readonly takesMissing?: true
}

function math(name: string, least = 1, most = least): readonly [string, FormulaFunction] {
  const call = (Math as unknown as Readonly<Record<string, unknown>>)[name] as (
    ...values: number[]
  ) => number
  const source = (...values: string[]) => `Math.${name}(${values.join(', ')})`
  return [name, { arity: [least, most], call, source, type: 'number' }]
}

function dateTime(
  name: string,
  part: (date: Date) => number,
  source: string,
): readonly [string, FormulaFunction] {
  return [
    name,
    {
      arity: [1, 1],
      call: (date: Date | number) => part(new Date(date)),
      source: date => `new Date(${date})${source}`,
      type: 'number',
    },
  ]
}

function text(
  name: string,
  parameters: number,
  method: 'toLowerCase' | 'toUpperCase' | 'trim' | 'startsWith' | 'endsWith' | 'includes',
): readonly [string, FormulaFunction] {
  return [
    name,
    {
      arity: [parameters, parameters],
      call: (value: unknown, ...rest: unknown[]) => {
        const run = String(value)[method] as (...values: string[]) => unknown
        return run.apply(String(value), rest.map(String))
      },
      source: (value, ...rest) =>
        `String(${value}).${method}(${rest.map(each => `String(${each})`).join(', ')})`,
      type: parameters === 1 ? 'string' : 'boolean',
    },
  ]
}

/** The functions by name. */
export const FORMULA_FUNCTIONS: ReadonlyMap<string, FormulaFunction> = new Map<
  string,
  FormulaFunction
>([
  ...[
    ...['abs', 'sqrt', 'cbrt', 'exp', 'expm1', 'log10', 'log2', 'log1p', 'floor', 'ceil', 'sign'],
    ...['sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'sinh', 'cosh', 'tanh', 'asinh', 'acosh'],
    'atanh',
  ].map(name => math(name)),
  math('atan2', 2),
  math('pow', 2),
  math('hypot', 1, 100),
  math('min', 1, 100),
  math('max', 1, 100),
  ['fix', { ...math('trunc')[1] }],
  [
    'log',
    {
      arity: [1, 2],
      call: (x: number, base?: number) =>
        base === undefined ? Math.log(x) : Math.log(x) / Math.log(base),
      source: (x, base) =>
        base === undefined ? `Math.log(${x})` : `(Math.log(${x}) / Math.log(${base}))`,
      type: 'number',
    },
  ],
  [
    'round',
    {
      arity: [1, 2],
      call: round,
      // Halves away from zero, as people (and mathjs) round; Math.round takes -2.5 to -2.
      source: (x, digits) =>
        digits === undefined
          ? `(Math.sign(${x}) * Math.round(Math.abs(${x})))`
          : `(Math.sign(${x}) * Math.round(Math.abs(${x}) * 10 ** ${digits}) / 10 ** ${digits})`,
      type: 'number',
    },
  ],
  [
    'mod',
    {
      arity: [2, 2],
      call: (x: number, y: number) => x - y * Math.floor(x / y),
      source: (x, y) => `(${x} - ${y} * Math.floor(${x} / ${y}))`,
      type: 'number',
    },
  ],
  dateTime('year', date => date.getUTCFullYear(), '.getUTCFullYear()'),
  dateTime('month', date => date.getUTCMonth() + 1, '.getUTCMonth() + 1'),
  dateTime('day', date => date.getUTCDate(), '.getUTCDate()'),
  dateTime('hour', date => date.getUTCHours(), '.getUTCHours()'),
  dateTime('minute', date => date.getUTCMinutes(), '.getUTCMinutes()'),
  dateTime('second', date => date.getUTCSeconds(), '.getUTCSeconds()'),
  dateTime('weekday', date => date.getUTCDay(), '.getUTCDay()'),
  [
    'date',
    {
      arity: [1, 1],
      call: (value: string | number | Date) => new Date(value),
      source: value => `new Date(${value})`,
      type: 'date',
    },
  ],
  text('lower', 1, 'toLowerCase'),
  text('upper', 1, 'toUpperCase'),
  text('trim', 1, 'trim'),
  text('startsWith', 2, 'startsWith'),
  text('endsWith', 2, 'endsWith'),
  text('contains', 2, 'includes'),
  [
    'substring',
    {
      arity: [2, 3],
      call: (value: unknown, start: number, end?: number) => String(value).slice(start, end),
      source: (value, ...rest) => `String(${value}).slice(${rest.join(', ')})`,
      type: 'string',
    },
  ],
  [
    'length',
    {
      arity: [1, 1],
      call: (value: unknown) => (Array.isArray(value) ? value.length : String(value).length),
      source: value => `(Array.isArray(${value}) ? ${value} : String(${value})).length`,
      type: 'number',
    },
  ],
  ['string', { arity: [1, 1], call: String, source: value => `String(${value})`, type: 'string' }],
  ['number', { arity: [1, 1], call: Number, source: value => `Number(${value})`, type: 'number' }],
  [
    'isNaN',
    {
      arity: [1, 1],
      call: Number.isNaN,
      source: value => `Number.isNaN(${value})`,
      type: 'boolean',
    },
  ],
  [
    'isMissing',
    {
      arity: [1, 1],
      call: (value: unknown) => value === null || value === undefined,
      source: value => `(${value} == null)`,
      type: 'boolean',
      takesMissing: true,
    },
  ],
  [
    'ifMissing',
    {
      arity: [2, 2],
      call: (value: unknown, otherwise: unknown) => value ?? otherwise,
      source: (value, otherwise) => `(${value} ?? ${otherwise})`,
      type: 'any',
      takesMissing: true,
    },
  ],
])

function round(x: number, digits?: number): number {
  const scale = digits === undefined ? 1 : 10 ** digits
  return (Math.sign(x) * Math.round(Math.abs(x) * scale)) / scale
}
