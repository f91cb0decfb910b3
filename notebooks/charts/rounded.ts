/** Attributes with coordinates. */
const GEOMETRY = /\b(d|transform|x|y|x1|x2|y1|y2|cx|cy|r|width|height|points)="([^"]*)"/g

/** The same elements with coordinates of two decimals: nobody sees the others, but they take room. */
export function rounded(svg: string): string {
  return svg.replace(
    GEOMETRY,
    (_, name: string, value: string) =>
      `${name}="${value.replace(/-?\d+\.\d{3,}(e-?\d+)?/g, number => String(Math.round(Number(number) * 100) / 100))}"`,
  )
}
