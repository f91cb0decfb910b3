import ts from 'typescript'
import { inProject, projectRoot } from '../support/project.js'

/** Declarations of the language and of packages, parsed once per process: most of the work. */
const parsed = new Map<string, ts.SourceFile | undefined>()

/** The project's own compiler options; nothing is written. */
export function compilerOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(inProject('tsconfig.json'), ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, projectRoot)
  return { ...options, noEmit: true, incremental: false, tsBuildInfoFile: undefined }
}

/** A program over files; those of other packages are shared with earlier programs. */
export function programOf(files: readonly string[], options: ts.CompilerOptions): ts.Program {
  const host = ts.createCompilerHost(options)
  const { getSourceFile } = host
  host.getSourceFile = (path, ...rest) => {
    if (!path.includes('node_modules')) return getSourceFile(path, ...rest)
    if (!parsed.has(path)) parsed.set(path, getSourceFile(path, ...rest))
    return parsed.get(path)
  }
  return ts.createProgram(files, options, host)
}
