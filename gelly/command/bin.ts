#!/usr/bin/env node
/** The program `wiesel`. */

/** What is cancelled may take so long to end; then the program does. */
const GRACE_MS = 2000

const CANCELLED = 130

// Whoever reads less than all, such as head, is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(0)
})

const cancelled = new AbortController()
process.on('SIGINT', () => {
  // Who cannot wait asks twice.
  if (cancelled.signal.aborted) process.exit(CANCELLED)
  cancelled.abort()
  setTimeout(() => process.exit(CANCELLED), GRACE_MS).unref()
})

// Not before it can be cancelled: it loads most of the library.
const { runCommand } = await import('./run-command.js')
const { stderr } = process
process.exitCode = await runCommand(process.argv.slice(2), {
  out: line => process.stdout.write(`${line}\n`),
  err: line => stderr.write(`${line}\n`),
  signal: cancelled.signal,
  ...(stderr.isTTY
    ? { progress: text => stderr.write(`\r\u001b[2K${text.slice(0, (stderr.columns ?? 80) - 1)}`) }
    : {}),
})

export {}
