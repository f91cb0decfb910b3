/** What a page does with the package: jobs here and in workers, a kernel; what they gave goes into the document. */

import * as wiesel from 'wiesel'
import { job } from '../job.js'
import { kernel } from '../kernel.js'
import { workersJob } from '../workers.js'

const result = document.createElement('pre')
result.id = 'result'
try {
  const { where, result: spread } = await workersJob(wiesel)
  const values = { result: await job(), sum: await kernel(), where, spread }
  result.textContent = JSON.stringify(values)
} catch (error) {
  result.textContent = String(error.stack ?? error)
}
document.body.append(result)
