import { Component, createRef, forwardRef, memo, useCallback, useEffect, useMemo, useReducer } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { fail } from './fail.js'

function Price({ value }) {
  const text = useMemo(() => {
    if (value < 0) fail('useMemo callback')
    return `${value}`
  }, [value])
  return <b>{text}</b>
}

const Row = memo(function RowView({ value }) {
  if (value === 'row') fail('memo component')
  return <Price value={-1} />
})

const Input = forwardRef((props, ref) => {
  if (props.broken) fail('forwardRef component')
  return <input ref={ref} />
})

const useCounter = (limit) => {
  const [count, add] = useReducer((state) => {
    if (limit === 0) fail('reducer')
    return state + 1
  }, 0)
  const increase = useCallback(() => {
    add()
    if (limit < 0) fail('useCallback')
  }, [limit])
  return [count, increase]
}

function Hooked() {
  const [count] = useCounter(1)
  useEffect(() => {
    if (count === 0) fail('effect')
  }, [count])
  return <i>{count}</i>
}

class Panel extends Component {
  ref = createRef()

  componentDidMount() {
    fail('componentDidMount')
  }

  render() {
    return <p ref={this.ref}>panel</p>
  }
}

class Broken extends Component {
  renderTitle() {
    return [fail('helper of render')]
  }

  render() {
    return <h1>{this.renderTitle()}</h1>
  }
}

function Told({ onTell, 'data-tell': tell, children }) {
  if (onTell) onTell()
  if (tell) tell()
  if (typeof children === 'function') children()
  return null
}

function Page({ children }) {
  return <main>{children}</main>
}

const render = (element) =>
  new Promise((resolve, reject) => {
    const onError = (error) => reject(error)
    const root = createRoot(document.createElement('div'), { onUncaughtError: onError })
    flushSync(() => root.render(<Page>{element}</Page>))
    setTimeout(resolve, 200)
  })

export const componentCases = {
  memo: () => render(<Row value="row" />),
  useMemo: () => render(<Row value="ok" />),
  forwardRef: () => render(<Input broken />),
  effect: () => render(<Hooked />),
  componentDidMount: () => render(<Panel />),
  'helper of render': () => render(<Broken />),
  attribute: () => render(<Told onTell={() => fail('attribute')} />),
  'attribute with a hyphen': () =>
    render(
      <Told
        data-tell={function () {
          fail('hyphen')
        }}
      />,
    ),
  'only child': () => render(<Told>{() => fail('child')}</Told>),
}
