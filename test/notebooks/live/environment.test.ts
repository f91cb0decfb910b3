import test from 'ava'
import { environment } from '../../../notebooks/index.js'
import { fakeDeno, setGlobal } from './fakes.js'

test.serial('a plain program is on a terminal', t => {
  t.is(environment(), 'terminal')
})

test.serial("Deno's kernel is known by what only it has", t => {
  fakeDeno(t)
  t.is(environment(), 'deno')
})

test.serial('Deno outside of its kernel refuses to say what jupyter is, and is a terminal', t => {
  setGlobal(t, 'Deno', {
    get jupyter(): never {
      throw new Error("Deno.jupyter is only available in 'deno jupyter' subcommand.")
    },
  })
  t.is(environment(), 'terminal')
})

test.serial('tslab is known by the scope of its cells', t => {
  setGlobal(t, '__tslab__', { require: () => ({ newDisplay: () => ({ html() {} }) }) })
  t.is(environment(), 'tslab')
})

test.serial('ijavascript is known by its $$, which other things are not', t => {
  setGlobal(t, '$$', { mime() {}, display() {} })
  t.is(environment(), 'ijavascript')
})

test.serial('some other $$ is no kernel', t => {
  setGlobal(t, '$$', () => [])
  t.is(environment(), 'terminal')
})

test.serial('where there is a page there is a browser', t => {
  setGlobal(t, 'document', {})
  t.is(environment(), 'browser')
})
