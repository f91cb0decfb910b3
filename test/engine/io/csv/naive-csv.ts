/** CSV as one would write it on a page: the oracle for the reader. */
export function naiveCsv(text: string, delimiter = ',', quote = '"'): string[][] {
  const records: string[][] = []
  let record: string[] = []
  let p = 0
  while (p < text.length) {
    let field = ''
    if (text[p] === quote) {
      for (p++; text[p] !== quote || text[p + 1] === quote; p++) {
        if (p >= text.length) throw new Error('a quote is never closed')
        field += text[p]
        if (text[p] === quote) p++
      }
      p++
    } else {
      while (p < text.length && text[p] !== delimiter && text[p] !== '\n') field += text[p++]
      if (text[p] !== delimiter && field.endsWith('\r')) field = field.slice(0, -1)
    }
    if (text[p] === '\r') p++
    record.push(field)
    if (text[p] === delimiter) {
      p++
      if (p < text.length) continue
      record.push('')
    } else if (p < text.length && text[p] !== '\n') throw new Error('text follows a quote')
    else p++
    if (record.length > 1 || record[0] !== '') records.push(record)
    record = []
  }
  return records
}
