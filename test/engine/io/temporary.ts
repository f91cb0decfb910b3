import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ExecutionContext } from 'ava'

/** An empty directory that is deleted after the test. */
export async function temporaryDirectory(t: ExecutionContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'wiesel-io-'))
  t.teardown(() => rm(path, { recursive: true, force: true }))
  return path
}

/** A file with `content` in a directory of its own. */
export async function temporaryFile(
  t: ExecutionContext,
  name: string,
  content: string | Uint8Array,
): Promise<string> {
  const path = join(await temporaryDirectory(t), name)
  await writeFile(path, content)
  return path
}
