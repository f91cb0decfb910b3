/** Kernels for the projects that use the package; says in which form they ran, also in two threads. */
import { createKernelTeam, createRegion, loadKernels } from 'wiesel/extend'

export async function kernel() {
  const region = createRegion()
  const { dot, form } = await loadKernels('vectors', region)
  const product = dot(region.float64([1, 2, 3]), region.float64([4, 5, 6]))
  const team = createKernelTeam(region, { workers: 2, grain: 1 })
  await team.start()
  const { ends } = await team.load({ name: 'ends', functions: { ends: (_from, to) => to } })
  const sum = (await ends(team.evenParts(4))).reduce((a, b) => a + b)
  team.close()
  return `${form} ${product} ${sum}`
}
