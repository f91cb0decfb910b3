import { escaped } from './escaped.js'

/** A table as HTML; cells are HTML themselves. */
export interface TableHTML {
  /** Above it, a text. */
  readonly caption?: string | undefined
  readonly heads: readonly { readonly html: string; readonly right?: boolean }[]
  readonly rows: readonly (readonly string[])[]
  /** Below it, a text. */
  readonly note: string
}

/** A table in the colours of the page around it; every other row has a shade. */
export function tableHTML({ caption, heads, rows, note }: TableHTML): string {
  const cell = (right = false) =>
    `padding:2px 10px;white-space:nowrap;text-align:${right ? 'right;font-variant-numeric:tabular-nums' : 'left'}`
  const head = heads.map(
    ({ html, right }) =>
      `<th scope="col" style="${cell(right)};border-bottom:1px solid rgba(128,128,128,.6)">${html}</th>`,
  )
  const body = rows.map((cells, row) => {
    const back = row % 2 === 1 ? ' style="background:rgba(128,128,128,.08)"' : ''
    const all = cells.map((html, k) => `<td style="${cell(heads[k]!.right)}">${html}</td>`)
    return `<tr${back}>${all.join('')}</tr>`
  })
  const title =
    caption === undefined
      ? ''
      : `<caption style="text-align:left;font-weight:600;padding:2px 10px;color:inherit"><div style="width:max-content;max-width:min(40rem,85vw)">${escaped(caption)}</div></caption>`
  return `<div style="overflow-x:auto" tabindex="0" role="region" aria-label="${escaped(caption ?? 'Table')}, ${escaped(note)}"><table style="border-collapse:collapse;font:13px/1.4 system-ui,sans-serif;color:inherit">${title}<thead><tr>${head.join('')}</tr></thead><tbody>${body.join('')}</tbody></table><div style="font:12px system-ui,sans-serif;opacity:.7;padding:2px 10px">${escaped(note)}</div></div>`
}
