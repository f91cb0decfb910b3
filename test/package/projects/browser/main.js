/** What a page does with the package: runs a job and writes what it gave into the document. */
import { job } from '../job.js'

const result = document.createElement('pre')
result.id = 'result'
try {
  result.textContent = JSON.stringify(await job())
} catch (error) {
  result.textContent = String(error.stack ?? error)
}
document.body.append(result)
