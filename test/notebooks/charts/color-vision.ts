/** How colours differ, also for people who see fewer of them. */

type Triple = readonly [number, number, number]

/** What light becomes without one kind of cone (Machado, Oliveira and Fernandes 2009, severity 1), in linear RGB. */
export const DICHROMACIES: Readonly<Record<string, readonly Triple[]>> = {
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}

/** `#rrggbb` as linear light. */
export function linearOf(color: string): Triple {
  return [1, 3, 5].map(at => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }) as unknown as Triple
}

/** The same light as somebody sees it. */
export function seenBy(light: Triple, matrix: readonly Triple[]): Triple {
  return matrix.map(row => {
    const sum = row.reduce((all, weight, k) => all + weight * light[k]!, 0)
    return Math.min(1, Math.max(0, sum))
  }) as unknown as Triple
}

/** How different two lights look: the distance in CIELAB (1976). About 2.3 can just be noticed. */
export function distanceOf(a: Triple, b: Triple): number {
  const [one, other] = [labOf(a), labOf(b)]
  return Math.hypot(...one.map((value, k) => value - other[k]!))
}

/** Contrast as WCAG 2 defines it. */
export function contrastOf(a: Triple, b: Triple): number {
  const luminance = ([red, green, blue]: Triple) => 0.2126 * red + 0.7152 * green + 0.0722 * blue
  const [low, high] = [luminance(a), luminance(b)].toSorted((x, y) => x - y)
  return (high! + 0.05) / (low! + 0.05)
}

function labOf([red, green, blue]: Triple): Triple {
  const x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
  const y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
  const z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
  const [fx, fy, fz] = [x, y, z].map(value =>
    value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16 / 116,
  ) as unknown as Triple
  return [116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)]
}
