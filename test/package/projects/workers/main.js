import * as wiesel from 'wiesel'
import { workersJob } from '../workers.js'

console.log(JSON.stringify(await workersJob(wiesel)))
