import { element } from './element.ts'

/** A box over a picture, in shares of its width and height. */
interface Area {
  x: number
  y: number
  width: number
  height: number
}

export interface Cover {
  root: HTMLElement
  readonly area: Area
  place(area: Area): void
  /** Too small to be meant. */
  isTiny(): boolean
  remove(): void
}

const STEP = 0.02
const SMALLEST = 0.02

const STEPS: Record<string, [x: number, y: number]> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
}

const between = (low: number, value: number, high: number): number => Math.min(high, Math.max(low, value))

const move = (area: Area, [x, y]: [number, number]): Area => ({
  ...area,
  x: between(0, area.x + x, 1 - area.width),
  y: between(0, area.y + y, 1 - area.height),
})

const resize = (area: Area, [x, y]: [number, number]): Area => ({
  ...area,
  width: between(SMALLEST, area.width + x, 1 - area.x),
  height: between(SMALLEST, area.height + y, 1 - area.y),
})

const percent = (share: number): string => `${share * 100}%`

/** A cover that keyboards can move, resize and remove. */
export const drawCover = (first: Area, help: string, onRemove: () => void): Cover => {
  let area = first
  const root = element('button', { type: 'button', class: 'cover', part: 'cover', 'aria-label': help })
  const place = (next: Area): void => {
    area = next
    // The picture does not mirror in right-to-left pages.
    Object.assign(root.style, {
      left: percent(area.x),
      top: percent(area.y),
      width: percent(area.width),
      height: percent(area.height),
    })
  }
  const remove = (): void => {
    root.remove()
    onRemove()
  }
  root.addEventListener('keydown', (event) => {
    const step = STEPS[event.key]
    if (step) place((event.shiftKey ? resize : move)(area, step))
    else if (event.key === 'Delete' || event.key === 'Backspace') remove()
    else return
    event.preventDefault()
  })
  place(area)
  return {
    root,
    place,
    remove,
    get area() {
      return area
    },
    isTiny: () => area.width < SMALLEST / 2 || area.height < SMALLEST / 2,
  }
}
