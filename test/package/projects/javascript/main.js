/** A plain JavaScript project: imports every door and runs a job. */
import * as wiesel from 'wiesel'
import * as gelly from 'wiesel/gelly'
import * as ml from 'wiesel/ml'
import * as notebooks from 'wiesel/notebooks'
import { job } from '../job.js'

const doors = [wiesel, gelly, ml, notebooks].map(door => typeof door)
console.log(JSON.stringify({ doors, result: await job() }))
