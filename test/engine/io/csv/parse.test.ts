import test from 'ava'
import fc from 'fast-check'
import { isCode, parseNumber, parseSpecialNumber } from '../../../../engine/io/csv/parse-number.js'
import { parseTimestamp } from '../../../../engine/io/csv/parse-timestamp.js'

const encoder = new TextEncoder()

/** Parses `text` in the midst of other bytes, which must make no difference. */
function number(text: string): number {
  const bytes = encoder.encode(`9.${text}.9e1`)
  return parseNumber(bytes, 2, bytes.length - 4)
}

function time(text: string): number {
  const bytes = encoder.encode(`9${text}9`)
  return parseTimestamp(bytes, 1, bytes.length - 1)
}

const digits = (most: number) => fc.stringMatching(new RegExp(`^[0-9]{0,${most}}$`))

test('a number is what Number makes of its text, to the last bit', t => {
  fc.assert(
    fc.property(
      fc.constantFrom('', '-', '+'),
      digits(22),
      fc.option(digits(24)),
      fc.option(fc.integer({ min: -330, max: 330 }), { freq: 4 }),
      (sign, whole, fraction, exponent) => {
        const text = `${sign}${whole}${fraction === null ? '' : `.${fraction}`}`
        const full = text + (exponent === null ? '' : `e${exponent}`)
        const expected = whole === '' && !fraction ? Number.NaN : Number(full)
        t.is(number(full), expected, full)
      },
    ),
    { numRuns: 20_000 },
  )
})

test('every float64 in its shortest form is read as itself', t => {
  fc.assert(
    fc.property(fc.double({ noNaN: true }), value => {
      if (Number.isFinite(value)) t.is(number(Object.is(value, -0) ? '-0' : String(value)), value)
    }),
    { numRuns: 10_000 },
  )
})

test('texts near the middle of two float64 are rounded correctly', t => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 1n << 52n, max: (1n << 53n) - 1n }),
      fc.integer({ min: 0, max: 10 }),
      fc.integer({ min: -1, max: 1 }),
      fc.integer({ min: 0, max: 22 }),
      (mantissa, shift, nudge, scale) => {
        // 2^shift * (mantissa + 1/2), and its neighbours.
        const integer = String(((mantissa * 2n + 1n) << BigInt(shift)) / 2n + BigInt(nudge))
        const padded = integer.padStart(scale + 1, '0')
        const at = padded.length - scale
        const text = scale === 0 ? integer : `${padded.slice(0, at)}.${padded.slice(at)}`
        t.is(number(text), Number(text), text)
      },
    ),
    { numRuns: 10_000 },
  )
})

for (const text of [
  '',
  '-',
  '.',
  '+.',
  'e5',
  '1e',
  '1e+',
  '1.2.3',
  '1 ',
  ' 1',
  '0x10',
  '1,5',
  'Infinity',
  '1_000',
  '1n',
  '--1',
  '١',
])
  test(`"${text}" is no number`, t => t.is(number(text), Number.NaN))

test('NaN and infinities have the spellings of several languages', t => {
  const special = (text: string) => parseSpecialNumber(encoder.encode(text), 0, text.length)
  t.deepEqual(['NaN', 'nan', 'Infinity', '-Infinity', 'inf', '-Inf', 'none', 'x'].map(special), [
    Number.NaN,
    Number.NaN,
    Infinity,
    -Infinity,
    Infinity,
    -Infinity,
    undefined,
    undefined,
  ])
})

test('codes are numbers that would lose something', t => {
  const code = (text: string) => isCode(encoder.encode(text), 0, text.length, Number(text))
  const codes = ['00', '007', '-01', '00.5', '9007199254740993', '123456789012345678']
  const numbers = [
    '0',
    '-0',
    '0.5',
    '10',
    '9007199254740991',
    '1e300',
    '123456789012345678.5',
    '1e-7',
  ]
  for (const text of codes) t.true(code(text), text)
  for (const text of numbers) t.false(code(text), text)
})

test('a timestamp is what Date makes of its text, with UTC where it has no zone', t => {
  const date = fc.date({
    min: new Date('0000-01-01T00:00:00Z'),
    max: new Date('9999-12-31T23:59:59.999Z'),
    noInvalidDate: true,
  })
  fc.assert(
    fc.property(date, fc.constantFrom('', 'Z', '+01:00', '-11:30', '+0530', '-08'), (at, zone) => {
      const iso = at.toISOString()
      const colon = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone
      const whole = colon === '' ? 'Z' : colon.length === 3 ? `${colon}:00` : colon
      t.is(time(iso.slice(0, 10)), Date.parse(iso.slice(0, 10)))
      for (const length of [16, 19, 23]) {
        const text = iso.slice(0, length)
        const padded = length === 16 ? `${text}:00` : text
        t.is(time(text + zone), Date.parse(padded + whole), text + zone)
        t.is(time(text.replace('T', ' ') + zone), Date.parse(padded + whole))
      }
    }),
    { numRuns: 2000 },
  )
})

test('fractions of a second are cut to milliseconds', t => {
  t.is(time('2015-01-31T00:00:00.5'), Date.UTC(2015, 0, 31) + 500)
  t.is(time('2015-01-31T00:00:00.123999Z'), Date.UTC(2015, 0, 31) + 123)
})

test('years of more than four digits are those of toISOString', t => {
  for (const year of [-271_821, -1, 10_000, 275_760]) {
    const date = new Date(Date.UTC(year, 3, 20))
    t.is(time(date.toISOString()), date.getTime())
  }
})

for (const text of [
  '2015-02-29',
  '1900-02-29',
  '2015-13-01',
  '2015-00-10',
  '2015-01-00',
  '2015-01-32',
  '2015-1-1',
  '2015/01/31',
  '20150131',
  '2015-01-31T',
  '2015-01-31T5:00',
  '2015-01-31T24:00',
  '2015-01-31T10:60',
  '2015-01-31T10:00:60',
  '2015-01-31T10:00:',
  '2015-01-31T10:00:00.',
  '2015-01-31T10:00ZZ',
  '2015-01-31x10:00',
  '2015-01-31T10:00+1',
  '2015-01-31T10:00+25:00',
  '2015-01-31 10',
  '0000000000',
  '2015-01-31 ',
])
  test(`"${text}" is no timestamp`, t => t.is(time(text), Number.NaN))
