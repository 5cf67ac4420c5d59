import MiniSearch from './minisearch.js'

const { base } = document.body.dataset
const MOST = 12

const narrow = matchMedia('(max-width: 760px)')

/** On a small screen the list of all pages would come before each page. */
const foldNavigation = () => {
  document.querySelector('nav details').open = !narrow.matches
}

const THEMES = ['system', 'light', 'dark']

const offerThemes = (button) => {
  const root = document.documentElement
  const show = () => {
    button.textContent = `Theme: ${root.dataset.theme}`
  }
  button.addEventListener('click', () => {
    root.dataset.theme = THEMES[(THEMES.indexOf(root.dataset.theme) + 1) % THEMES.length]
    show()
    try {
      localStorage.setItem('foghorn.theme', root.dataset.theme)
    } catch {
      // The choice then lasts as long as the page.
    }
  })
  button.hidden = false
  show()
}

const loadIndex = async () => {
  const response = await fetch(`${base}search.json`)
  const search = new MiniSearch({
    fields: ['heading', 'page', 'text'],
    storeFields: ['heading', 'page'],
    searchOptions: { boost: { heading: 4, page: 2 }, prefix: true, fuzzy: 0.2, combineWith: 'AND' },
  })
  search.addAll(await response.json())
  return search
}

const resultOf = ({ id, heading, page }) => {
  const link = document.createElement('a')
  link.href = base + id
  link.textContent = heading
  const where = document.createElement('small')
  where.textContent = page
  if (page !== heading) link.append(where)
  const item = document.createElement('li')
  item.append(link)
  return item
}

const nothing = () => {
  const item = document.createElement('li')
  item.textContent = 'Nothing has these words.'
  return item
}

const offerSearch = (input, list) => {
  let index
  const show = async () => {
    index ??= loadIndex()
    const words = input.value.trim()
    const found = (await index).search(words).slice(0, MOST)
    list.replaceChildren(...(found.length > 0 ? found.map(resultOf) : [nothing()]))
    list.hidden = words === ''
  }
  input.addEventListener('input', show)
  const links = () => [...list.querySelectorAll('a')]
  const move = (step) => {
    const at = links().indexOf(document.activeElement) + step
    const next = at < 0 ? input : links()[at]
    next?.focus()
  }
  input.parentElement.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (event.key === 'Escape') list.hidden = true
    if (event.key === 'Enter' && event.target === input) links()[0]?.click()
    if (step === undefined) return
    event.preventDefault()
    move(step)
  })
  input.parentElement.addEventListener('focusout', ({ relatedTarget }) => {
    if (!input.parentElement.contains(relatedTarget)) list.hidden = true
  })
  addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.target.matches('input')) return
    event.preventDefault()
    input.focus()
  })
}

const offerCopy = (pre) => {
  const frame = document.createElement('div')
  frame.className = 'code'
  pre.tabIndex = 0
  pre.replaceWith(frame)
  const button = document.createElement('button')
  button.type = 'button'
  button.textContent = 'Copy'
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(pre.textContent)
    button.textContent = 'Copied'
  })
  frame.append(pre, button)
}

foldNavigation()
narrow.addEventListener('change', foldNavigation)
offerThemes(document.querySelector('.theme'))
offerSearch(document.querySelector('search input'), document.querySelector('#found'))
// Without a secure origin there is no clipboard.
if (navigator.clipboard) for (const pre of document.querySelectorAll('main pre')) offerCopy(pre)
