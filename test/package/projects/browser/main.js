/** What a page does with the package: runs a job and a kernel, and writes what they gave into the document. */
import { job } from '../job.js'
import { kernel } from '../kernel.js'

const result = document.createElement('pre')
result.id = 'result'
try {
  result.textContent = JSON.stringify({ result: await job(), sum: await kernel() })
} catch (error) {
  result.textContent = String(error.stack ?? error)
}
document.body.append(result)
