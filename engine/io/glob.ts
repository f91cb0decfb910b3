/** File name patterns: `*`, `?`, `{a,b}` within a name, `**` across directories. */

/** Whether a path is a pattern rather than a name. */
export function isGlob(path: string): boolean {
  return /[*?{]/.test(path)
}

/** The directory above the first part of a pattern that has a wildcard; '' is the current one. */
export function globRoot(pattern: string): string {
  const fixed = pattern.slice(0, pattern.search(/[*?{]/))
  return fixed.slice(0, fixed.lastIndexOf('/') + 1)
}

/**
 * The pattern as a regular expression over whole paths with `/` between names.
 *
 * A wildcard at the start of a name does not match a name that begins with a dot.
 *
 * @example globPattern('logs/**\/*.{csv,tsv}').test('logs/2015/01/a.csv') // true
 */
export function globPattern(pattern: string): RegExp {
  let source = ''
  let depth = 0
  for (let k = 0; k < pattern.length; k++) {
    const character = pattern[k]!
    const atStart = k === 0 || pattern[k - 1] === '/'
    const visible = atStart ? '(?!\\.)' : ''
    if (character === '*' && pattern[k + 1] === '*') {
      const whole = atStart && pattern[k + 2] === '/'
      source += whole ? '(?:(?!\\.)[^/]+/)*' : `${visible}.*`
      k += whole ? 2 : 1
    } else if (character === '*') source += `${visible}[^/]*`
    else if (character === '?') source += `${visible}[^/]`
    else if (character === '{' && pattern.indexOf('}', k) > 0) {
      source += '(?:'
      depth++
    } else if (character === '}' && depth > 0) {
      source += ')'
      depth--
    } else if (character === ',' && depth > 0) source += '|'
    else source += character.replace(/[.+^$()|[\]{}\\]/, '\\$&')
  }
  return new RegExp(`^${source}${')'.repeat(depth)}$`, 's')
}
