/**
 * How wide text is, where nothing can measure it. Widths are those of DejaVu Sans, the widest font that
 * `system-ui` commonly stands for, so that what is made to fit fits in the others too.
 */

/** Hundredths of the font's size, by character from the space to the tilde; as Chromium measures them. */
const PLAIN = widths(
  '32 41 46 84 64 96 78 28 40 40 50 84 32 37 32 34 64 64 64 64 64 64 64 64 64 64 34 34 84 84 84 54 100 69 69 70 78 64 58 78 76 30 30 66 56 87 75 79 61 79 70 64 62 74 69 99 69 62 69 40 34 40 84 50 50 62 64 55 64 62 36 64 64 28 28 58 28 98 64 62 64 64 42 53 40 64 60 82 60 60 53 64 34 64 84',
)

/** The same for bold text. */
const BOLD = widths(
  '35 46 53 84 70 101 88 31 46 46 53 84 38 42 38 37 70 70 70 70 70 70 70 70 70 70 40 40 84 84 84 59 100 78 77 74 84 69 69 83 84 38 38 78 64 100 84 86 74 86 78 73 69 82 78 111 78 73 73 46 37 46 84 50 50 68 72 60 72 68 44 72 72 35 35 67 35 105 72 69 72 72 50 60 48 72 66 93 65 66 59 72 37 72 84',
)

/**
 * The width of a text in pixels; rather too wide than too narrow.
 *
 * @param size Of the font, in pixels.
 */
export function measured(text: string, size: number, bold = false): number {
  const table = bold ? BOLD : PLAIN
  let sum = 0
  for (const character of text) {
    const code = character.codePointAt(0)!
    sum += table[code - 32] ?? (code < 0x250 ? 75 : 108)
  }
  return (sum * size) / 100
}

/** A text that is no wider than this; the end gives way to an ellipsis. */
export function fitted(text: string, width: number, size: number, bold = false): string {
  if (measured(text, size, bold) <= width) return text
  const characters = [...text]
  let room = width - size
  let kept = 0
  while (kept < characters.length) {
    room -= measured(characters[kept]!, size, bold)
    if (room < 0) break
    kept++
  }
  return `${characters.slice(0, kept).join('').trimEnd()}…`
}

/** A text in at most so many lines, broken at spaces where there are any; the last may be cut. */
export function broken(
  text: string,
  width: number,
  size: number,
  most: number,
  bold = false,
): string[] {
  const words = text.split(/\s+/).filter(word => word !== '')
  const lines: string[] = []
  while (words.length > 0) {
    if (lines.length === most - 1) return [...lines, fitted(words.join(' '), width, size, bold)]
    let line = words.shift()!
    while (words.length > 0 && measured(`${line} ${words[0]}`, size, bold) <= width) {
      line = `${line} ${words.shift()}`
    }
    lines.push(fitted(line, width, size, bold))
  }
  return lines
}

function widths(list: string): readonly number[] {
  return list.split(' ').map(Number)
}
