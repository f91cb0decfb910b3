import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { inProject, projectRoot } from '../support/project.js'

/** A folder outside the project with the packed package installed and the projects that use it. */
export interface Installed {
  readonly folder: string
  /** How the package got there, for the log. */
  readonly how: string
  remove(): Promise<void>
}

/** Runs a program and gives what it printed. */
export const run = promisify(execFile)

/** npm as a program, the same on every system. */
const NPM = process.platform === 'win32' ? 'npm.cmd' : 'npm'

/**
 * Packs what is built and installs it into a new folder, as `npm install wiesel` would. Without a
 * registry to ask, the package is unpacked and its dependencies are linked: everything but npm's
 * own search for versions is still tested.
 */
export async function installPacked(): Promise<Installed> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'wiesel-package-')))
  await cp(inProject('test', 'package', 'projects'), folder, { recursive: true })
  await writeFile(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n')
  // Scripts would build anew; the tests run on what is built.
  const pack = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder]
  const { stdout } = await run(NPM, pack, { cwd: projectRoot })
  const [{ filename }] = JSON.parse(stdout) as [{ filename: string }]
  const how = await install(folder, filename)
  return { folder, how, remove: () => rm(folder, { recursive: true, force: true }) }
}

async function install(folder: string, tarball: string): Promise<string> {
  const quick = ['--prefer-offline', '--no-audit', '--no-fund', '--fetch-retries=0']
  try {
    await run(NPM, ['install', ...quick, `./${tarball}`], { cwd: folder, timeout: 60_000 })
    return 'installed by npm'
  } catch (error) {
    if (!isOffline(error)) throw error
    await unpackAndLink(folder, tarball)
    return 'unpacked, with linked dependencies: the registry could not be reached'
  }
}

function isOffline(error: unknown): boolean {
  const { stderr, killed } = error as { stderr?: string; killed?: boolean }
  const codes =
    /ENOTFOUND|ENOTCACHED|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ERR_SOCKET_TIMEOUT/
  return killed === true || codes.test(stderr ?? '')
}

/** Links only what the package declares, so that an undeclared import still fails. */
async function unpackAndLink(folder: string, tarball: string): Promise<void> {
  const home = join(folder, 'node_modules', 'wiesel')
  await rm(join(folder, 'node_modules'), { recursive: true, force: true })
  await mkdir(home, { recursive: true })
  await run('tar', ['-xzf', tarball, '-C', home, '--strip-components=1'], { cwd: folder })
  const { dependencies } = JSON.parse(await readFile(join(home, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>
  }
  for (const name of Object.keys(dependencies)) {
    const link = join(folder, 'node_modules', name)
    await mkdir(dirname(link), { recursive: true })
    await symlink(inProject('node_modules', name), link, 'junction')
  }
}
