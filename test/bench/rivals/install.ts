import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { inProject } from '../../support/project.js'

const folder = inProject('test', 'bench')
/** A copy of the lock file that was installed last. */
const stamp = inProject('test', 'bench', 'node_modules', '.installed-lock.json')

/** Installs the rivals when they are missing, or when the lock file has changed since. */
export function installRivals(): void {
  const lock = readFileSync(inProject('test', 'bench', 'package-lock.json'), 'utf8')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return
  console.log('Installing the rivals ...')
  const options = { cwd: folder, stdio: 'inherit', shell: process.platform === 'win32' } as const
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], options)
  if (status === 0) writeFileSync(stamp, lock)
  else console.warn('The rivals could not be installed; those that are missing are left out.')
}
