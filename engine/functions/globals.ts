/** What is known about JavaScript's own functions: which are plain functions of their arguments. */

/** Global names that do not count as captured: they mean the same on every thread. */
export const GLOBALS: ReadonlySet<string> = new Set(
  `undefined NaN Infinity globalThis Object Function Boolean Symbol Error AggregateError EvalError
  RangeError ReferenceError SyntaxError TypeError URIError Number BigInt Math Date String RegExp
  Array Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array
  BigInt64Array BigUint64Array Float32Array Float64Array Map Set WeakMap WeakSet WeakRef ArrayBuffer
  SharedArrayBuffer DataView Atomics JSON Promise Reflect Proxy Intl parseInt parseFloat isNaN
  isFinite encodeURIComponent decodeURIComponent encodeURI decodeURI escape unescape console
  structuredClone URL URLSearchParams TextEncoder TextDecoder btoa atob performance crypto
  queueMicrotask setTimeout clearTimeout`.split(/\s+/),
)

/** Global constants. */
export const CONSTANTS: ReadonlyMap<string, number | undefined> = new Map([
  ['undefined', undefined],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['Math.PI', Math.PI],
  ['Math.E', Math.E],
  ['Math.LN2', Math.LN2],
  ['Math.LN10', Math.LN10],
  ['Math.LOG2E', Math.LOG2E],
  ['Math.LOG10E', Math.LOG10E],
  ['Math.SQRT2', Math.SQRT2],
  ['Math.SQRT1_2', Math.SQRT1_2],
  ['Number.EPSILON', Number.EPSILON],
  ['Number.MAX_VALUE', Number.MAX_VALUE],
  ['Number.MIN_VALUE', Number.MIN_VALUE],
  ['Number.MAX_SAFE_INTEGER', Number.MAX_SAFE_INTEGER],
  ['Number.MIN_SAFE_INTEGER', Number.MIN_SAFE_INTEGER],
  ['Number.POSITIVE_INFINITY', Number.POSITIVE_INFINITY],
  ['Number.NEGATIVE_INFINITY', Number.NEGATIVE_INFINITY],
  ['Number.NaN', Number.NaN],
])

const MATH =
  `abs acos acosh asin asinh atan atan2 atanh cbrt ceil clz32 cos cosh exp expm1 floor fround
  hypot imul log log10 log1p log2 max min pow round sign sin sinh sqrt tan tanh trunc`.split(/\s+/)

/**
 * Functions of numbers and strings that give a number, string or boolean, have no effects, depend on
 * nothing but their arguments and do not throw for data.
 */
export const PURE_FUNCTIONS: ReadonlySet<string> = new Set([
  ...MATH.map(name => `Math.${name}`),
  ...`Number String Boolean parseInt parseFloat isNaN isFinite Number.isInteger Number.isFinite
  Number.isNaN Number.isSafeInteger Number.parseInt Number.parseFloat Date.UTC Array.isArray Object.is`.split(
    /\s+/,
  ),
])

/** Functions without effects that may throw, or give objects. */
export const REPEATABLE_FUNCTIONS: ReadonlySet<string> = new Set(
  `BigInt BigInt.asIntN BigInt.asUintN Object.keys Object.values Object.entries Object.fromEntries
  Array.of Array.from JSON.stringify JSON.parse Date.parse String.fromCharCode String.fromCodePoint
  String.raw encodeURIComponent decodeURIComponent encodeURI decodeURI structuredClone RegExp Array
  Object.hasOwn`.split(/\s+/),
)

/** Classes whose `new` has no effects; `Date` only with arguments. */
export const PLAIN_CLASSES: ReadonlySet<string> = new Set(
  `Date RegExp Map Set Array Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array
  Uint32Array Float32Array Float64Array BigInt64Array BigUint64Array Error RangeError TypeError URL
  URLSearchParams`.split(/\s+/),
)

/** Functions that look at a whole record but keep and change nothing of it. */
export const LOOKING_FUNCTIONS: ReadonlySet<string> = new Set(
  `Object.keys Object.values Object.entries Object.hasOwn JSON.stringify String Boolean Number
  Array.isArray structuredClone`.split(/\s+/),
)

/** Methods of strings, numbers, dates, arrays and maps that change nothing. */
export const READING_METHODS: ReadonlySet<string> = new Set(
  `at charAt charCodeAt codePointAt concat endsWith includes indexOf isWellFormed lastIndexOf
  localeCompare match matchAll normalize padEnd padStart repeat replace replaceAll search slice split
  startsWith substring substr toLocaleLowerCase toLocaleUpperCase toLowerCase toString toUpperCase
  toWellFormed trim trimEnd trimStart valueOf toExponential toFixed toLocaleString toPrecision
  getDate getDay getFullYear getHours getMilliseconds getMinutes getMonth getSeconds getTime
  getTimezoneOffset getUTCDate getUTCDay getUTCFullYear getUTCHours getUTCMilliseconds getUTCMinutes
  getUTCMonth getUTCSeconds toDateString toISOString toJSON toLocaleDateString toLocaleTimeString
  toTimeString toUTCString entries every filter find findIndex findLast findLastIndex flat flatMap
  forEach join keys map reduce reduceRight some toReversed toSorted toSpliced values with get has
  test subarray`.split(/\s+/),
)

/** Methods that change the value they belong to. */
export const CHANGING_METHODS: ReadonlySet<string> = new Set(
  `push pop shift unshift splice sort reverse fill copyWithin set add delete clear append exec
  setDate setFullYear setHours setMilliseconds setMinutes setMonth setSeconds setTime setUTCDate
  setUTCFullYear setUTCHours setUTCMilliseconds setUTCMinutes setUTCMonth setUTCSeconds`.split(
    /\s+/,
  ),
)

/** The functions among JavaScript's own, with the names under which every thread finds them. */
export const FUNCTIONS_BY_NAME: ReadonlyMap<unknown, string> = new Map(
  [...PURE_FUNCTIONS, ...REPEATABLE_FUNCTIONS].map(name => {
    const [owner, member] = name.split('.') as [string, string?]
    const global = (globalThis as unknown as Record<string, unknown>)[owner]
    const value = member === undefined ? global : (global as Record<string, unknown>)[member]
    return [value, name] as const
  }),
)
