import test from 'ava'
import { optimize } from '../../../engine/optimizer/optimize.js'
import { type OptimizerOptions, RULES, type RuleName } from '../../../engine/optimizer/options.js'
import { ruleContext } from '../../../engine/optimizer/rule.js'
import { REWRITING_RULES } from '../../../engine/optimizer/rules/index.js'
import { evaluatePlan } from '../../oracle/evaluate-plan.js'
import { assertRecords } from '../../support/table-equal.js'
import { randomPlan } from './random-plan.js'

const ALL_OFF: Readonly<Record<RuleName, boolean>> = Object.fromEntries(
  Object.keys(RULES).map(name => [name, false]),
) as Record<RuleName, boolean>

/** Runs a number of random plans before and after the rules; how often something was done. */
function compare(options: OptimizerOptions, plans: number, from = 1): number {
  let fired = 0
  for (let seed = from; seed < from + plans; seed++) {
    const { roots, facts, records } = randomPlan(seed)
    const recordsOf = (source: Parameters<typeof facts.get>[0]) => records.get(source)!
    const rewritten = optimize(
      roots,
      options,
      ruleContext(facts, () => {}),
      () => () => fired++,
    )
    const before = evaluatePlan(roots, recordsOf)
    const after = evaluatePlan(rewritten, recordsOf)
    for (const [k, expected] of before.entries()) {
      try {
        assertRecords(after[k]!, expected)
      } catch (error) {
        throw new Error(`the answer of plan ${seed} changed`, { cause: error })
      }
    }
  }
  return fired
}

test('all rules together keep the answers of 300 random plans', t => {
  t.true(compare({}, 300) > 200)
})

for (const [rule] of REWRITING_RULES) {
  test(`${rule} alone keeps the answers of 80 random plans`, t => {
    t.notThrows(() => compare({ ...ALL_OFF, [rule]: true }, 80, 5000))
  })
}

test('no rule does anything when all are off', t => {
  t.is(compare(false, 50), 0)
})
