// Components of Vue and Svelte, compiled by the real compilers: their maps lead into script blocks.
import { compile } from 'svelte/compiler'
import { expect, test } from 'vitest'
import { compileScript, parse } from 'vue/compiler-sfc'
import { open } from './open.ts'

interface Compiled {
  code: string
  map: string
}

const SVELTE = `<script lang="ts">
  let { count = 0 }: { count?: number } = $props()

  const save = (order: number): void => {
    if (order > 1) throw new Error('too many')
  }

  function* pages() {
    yield count.toFixed()
  }

  class Cart {
    #total = 0
    get total() {
      return this.#total.valueOf()
    }
  }
</script>

<button onclick={() => save(count)}>{[...pages()].length} {new Cart().total}</button>

<style>
  button { color: red }
</style>
`

const VUE = `<template>
  <button @click="save(order)">{{ total }}</button>
</template>

<script lang="ts">
export const helper = (value: unknown) => {
  return String(value).trim()
}
</script>

<script setup lang="ts">
import { computed, ref } from 'vue'

const order = ref(3)

function save(amount: number): void {
  if (amount > 1) throw new Error('too many')
}

const total = computed(() => helper(order.value).length)
</script>

<style scoped>
button { color: red }
</style>
`

const svelte = (): Compiled => {
  const { js } = compile(SVELTE, { filename: 'src/Cart.svelte', generate: 'client' })
  const map = { ...(js.map as object), sources: ['src/Cart.svelte'], sourcesContent: [SVELTE] }
  return { code: js.code, map: JSON.stringify(map) }
}

const vue = (): Compiled => {
  const { descriptor } = parse(VUE, { filename: 'src/Cart.vue' })
  const { content, map } = compileScript(descriptor, { id: 'cart', inlineTemplate: true })
  return { code: content, map: JSON.stringify(map) }
}

/** Looks a token of the generated script up; gives the function, the line of code and the place. */
const at = async ({ code, map }: Compiled, token: string) => {
  const offset = code.indexOf(token)
  expect(offset, token).toBeGreaterThanOrEqual(0)
  const before = code.slice(0, offset).split('\n')
  const found = (await open(map)).lookup({ line: before.length, column: before.at(-1)!.length + 1, engine: 'v8' })
  if (found.status !== 'resolved') throw new Error(`${token}: ${found.reason}`)
  return { function: found.function, path: found.path, code: found.contextLine?.trim() }
}

test.each([
  ['new Error(', { function: 'save', code: `if (order > 1) throw new Error('too many')` }],
  ['toFixed(', { function: 'pages', code: 'yield count.toFixed()' }],
  ['valueOf(', { function: 'get total', code: 'return this.#total.valueOf()' }],
])('in a Svelte component, %s stands where it was written', async (token, expected) => {
  expect(await at(svelte(), token)).toEqual({ ...expected, path: 'src/Cart.svelte' })
})

test.each([
  ['new Error(', { function: 'save', code: `if (amount > 1) throw new Error('too many')` }],
  ['trim(', { function: 'helper', code: 'return String(value).trim()' }],
  ['helper(order', { function: undefined, code: 'const total = computed(() => helper(order.value).length)' }],
])('in a Vue component, %s stands where it was written', async (token, expected) => {
  expect(await at(vue(), token)).toEqual({ ...expected, path: 'src/Cart.vue' })
})
