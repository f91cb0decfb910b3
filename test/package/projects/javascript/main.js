/** A plain JavaScript project: imports every door, runs a job and a kernel. */
import * as wiesel from 'wiesel'
import * as extend from 'wiesel/extend'
import * as gelly from 'wiesel/gelly'
import * as ml from 'wiesel/ml'
import * as notebooks from 'wiesel/notebooks'
import { job } from '../job.js'
import { kernel } from '../kernel.js'

const doors = [wiesel, extend, gelly, ml, notebooks].map(door => typeof door)
console.log(JSON.stringify({ doors, result: await job(), sum: await kernel() }))
