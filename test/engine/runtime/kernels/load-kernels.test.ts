import { execFile } from 'node:child_process'
import { basename } from 'node:path'
import { promisify } from 'node:util'
import test from 'ava'
import { ArgumentError } from '../../../../engine/errors.js'
import { loadKernels } from '../../../../engine/runtime/kernels/load-kernels.js'
import { createRegion } from '../../../../engine/runtime/region/create-region.js'
import { filesBelow, inProject } from '../../../support/project.js'
import { randomFrom } from '../../../support/random.js'

const run = promisify(execFile)

for (const webAssembly of [true, false]) {
  const form = webAssembly ? 'webassembly' : 'plain'

  test(`rows are stable and complete, ${form}`, async t => {
    const random = randomFrom(11)
    const region = createRegion()
    const kernels = await loadKernels('edge-rows', region, { webAssembly })
    const [vertices, edges] = [50, 1000]
    const sources = region.int32(random.array(edges, () => random.int(vertices)))
    const targets = region.int32(random.array(edges, () => random.int(vertices)))
    const [offsets, order] = [region.int32(vertices + 1), region.int32(edges)]
    const neighbours = region.int32(edges)
    kernels.sortedPositions(sources, offsets, order)
    // `sort` is stable.
    const expected = [...sources.keys()].sort((a, b) => sources[a]! - sources[b]!)
    t.deepEqual([...order], expected)
    kernels.buildRows(sources, targets, offsets, neighbours)
    t.deepEqual(
      [...neighbours],
      expected.map(edge => targets[edge]),
    )
    for (let v = 0; v < vertices; v++) {
      t.is(offsets[v], sources.filter(source => source < v).length)
    }
    t.is(offsets[vertices], edges)
  })

  test(`nothing is fine too, ${form}`, async t => {
    const region = createRegion()
    const none = region.int32(0)
    const vectors = await loadKernels('vectors', region, { webAssembly })
    t.is(vectors.dot(region.float64(0), region.float64(0)), 0)
    const { sortedPositions } = await loadKernels('edge-rows', region, { webAssembly })
    const offsets = region.int32([9])
    sortedPositions(none, offsets, none)
    t.is(offsets[0], 0)
  })
}

test('a name that is not known is refused, with those that are', async t => {
  const wrong = loadKernels('vector' as 'vectors', createRegion())
  await t.throwsAsync(wrong, { instanceOf: ArgumentError, message: /"vectors"/ })
})

const WITHOUT = {
  'is missing': { argument: '--jitless', first: '' },
  'is forbidden': {
    argument: '',
    first: 'WebAssembly.compile = async () => { throw new Error() }',
  },
  'shares no memory': {
    argument: '',
    first: `const { Memory } = WebAssembly
      WebAssembly.Memory = class extends Memory {
        constructor(options) { if (options.shared) throw new TypeError(); super(options) }
      }`,
  },
}
for (const [name, { argument, first }] of Object.entries(WITHOUT)) {
  test(`kernels give their answer where WebAssembly ${name}`, async t => {
    const door = new URL('../../../../engine/extend.js', import.meta.url)
    const code = `${first}
      import { createRegion, loadKernels } from ${JSON.stringify(door)}
      const region = createRegion()
      const x = region.float64([1, 2, 3])
      if (region.shared) region.uint8(1e7)
      const { form, dot } = await loadKernels('vectors', region)
      console.log(region.shared, form, dot(x, region.float64([4, 5, 6])))`
    const program = [...(argument ? [argument] : []), '--input-type=module', '-e', code]
    const { stdout } = await run(process.execPath, program)
    const shares = name !== 'shares no memory'
    t.is(stdout.trim(), `${shares} ${shares ? 'plain' : 'webassembly'} 32`)
  })
}

test('the modules are what their sources compile to', async t => {
  const { stdout } = await run(process.execPath, [
    inProject('engine/runtime/kernels/build.mjs'),
    '--check',
  ])
  const folders = ['engine/runtime/kernels', 'gelly/kernels', 'ml/kernels']
  const files = folders.map(folder => {
    const sources = filesBelow(`${folder}/assembly`, '.ts').map(path => basename(path))
    const modules = filesBelow(`${folder}/modules`, '.ts').map(path => basename(path))
    t.deepEqual(modules, sources)
    return sources.map(name => `checked ${folder}/${name}\n`)
  })
  t.is(stdout, files.flat().join(''))
})
