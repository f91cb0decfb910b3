/** A kernel for the projects that use the package; says in which form it ran. */
import { createRegion, loadKernels } from 'wiesel/extend'

export async function kernel() {
  const region = createRegion()
  const { dot, form } = await loadKernels('vectors', region)
  return `${form} ${dot(region.float64([1, 2, 3]), region.float64([4, 5, 6]))}`
}
