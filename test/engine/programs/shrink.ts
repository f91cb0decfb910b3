import { type Program, pruned } from './program.js'

/**
 * The smallest program and data found that still fail: fewer statements, then fewer records.
 *
 * @param fails Whether a program fails; programs that are no longer sensible must not.
 */
export async function shrunk(
  program: Program,
  fails: (program: Program) => Promise<boolean>,
): Promise<Program> {
  let smallest = pruned(program)
  for (const { name } of program.statements) {
    const shorter = pruned({ ...program, roots: [name] })
    if (!(await fails(shorter))) continue
    smallest = shorter
    break
  }
  for (const name of Object.keys(smallest.data)) {
    for (let size = smallest.data[name]!.length >> 1; size >= 1; size >>= 1) {
      for (let from = 0; from < smallest.data[name]!.length; ) {
        const records = smallest.data[name]!.toSpliced(from, size)
        const fewer = { ...smallest, data: { ...smallest.data, [name]: records } }
        if (records.length > 0 && (await fails(fewer))) smallest = fewer
        else from += size
      }
    }
  }
  return smallest
}
