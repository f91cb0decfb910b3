import { escaped } from './escaped.js'

/** Colours of pages: dark where the reader's system is. */
export const PAGE_STYLE = `:root{color-scheme:light dark}
body{margin:2rem auto;max-width:60rem;padding:0 1rem;font:16px/1.5 system-ui,sans-serif;color:#1c1c1e;background:#fff}
@media (prefers-color-scheme:dark){body{color:#e8e8ea;background:#1c1c1e}}`

/** A page that needs nothing else. */
export function page(title: string, body: string, style = ''): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>
${PAGE_STYLE}
${style}
</style>
</head>
<body>
${body}
</body>
</html>
`
}
