import type { Texts } from '../texts/texts.ts'
import { drawCover, type Cover } from './cover.ts'
import { element } from './element.ts'

export interface Picture {
  root: HTMLElement
  focus(): void
  toBlob(): Promise<Blob>
}

// Letters of a screenshot stay readable, and the file stays far below what the service takes (2 MB).
const MAX_SIDE = 1600
const QUALITY = 0.82

const paint = (image: ImageBitmap): HTMLCanvasElement => {
  const scale = Math.min(1, MAX_SIDE / Math.max(image.width, image.height))
  const canvas = element('canvas', { role: 'img', 'aria-label': `${image.width} × ${image.height}` })
  canvas.width = Math.max(1, Math.round(image.width * scale))
  canvas.height = Math.max(1, Math.round(image.height * scale))
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height)
  return canvas
}

/** A copy with the covers as part of it, so that what is under them never leaves the browser. */
const flatten = (canvas: HTMLCanvasElement, covers: Iterable<Cover>): HTMLCanvasElement => {
  const copy = document.createElement('canvas')
  copy.width = canvas.width
  copy.height = canvas.height
  const context = copy.getContext('2d')!
  context.drawImage(canvas, 0, 0)
  for (const { area } of covers)
    context.fillRect(area.x * copy.width, area.y * copy.height, area.width * copy.width, area.height * copy.height)
  return copy
}

const encode = (canvas: HTMLCanvasElement): Promise<Blob> =>
  new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('The picture is too large.'))),
      'image/jpeg',
      QUALITY,
    )
  })

/** The picture, and what covers parts of it: boxes drawn by pointer, or added and moved by keyboard. */
export const drawPicture = (image: ImageBitmap, texts: Texts, onRemove: () => void): Picture => {
  const canvas = paint(image)
  const covers = new Set<Cover>()
  const stage = element('div', { class: 'picture', part: 'picture-stage' }, canvas)
  const add = (area: Cover['area']): Cover => {
    const cover = drawCover(area, texts.coverHelp, () => {
      covers.delete(cover)
      addButton.focus()
    })
    covers.add(cover)
    stage.append(cover.root)
    return cover
  }
  const addInMiddle = (): void => add({ x: 0.35, y: 0.4, width: 0.3, height: 0.2 }).root.focus()
  const addButton = element('button', { type: 'button', onclick: addInMiddle }, texts.cover)
  const removeButton = element('button', { type: 'button', onclick: onRemove }, texts.removePicture)

  const pointAt = ({ clientX, clientY }: PointerEvent): { x: number; y: number } => {
    const box = canvas.getBoundingClientRect()
    const within = (value: number): number => Math.min(1, Math.max(0, value))
    return { x: within((clientX - box.left) / box.width), y: within((clientY - box.top) / box.height) }
  }
  canvas.addEventListener('pointerdown', (event) => {
    const from = pointAt(event)
    const cover = add({ ...from, width: 0, height: 0 })
    canvas.setPointerCapture(event.pointerId)
    const drag = (moved: PointerEvent): void => {
      const to = pointAt(moved)
      cover.place({
        x: Math.min(from.x, to.x),
        y: Math.min(from.y, to.y),
        width: Math.abs(to.x - from.x),
        height: Math.abs(to.y - from.y),
      })
    }
    canvas.addEventListener('pointermove', drag)
    canvas.addEventListener(
      'pointerup',
      () => {
        canvas.removeEventListener('pointermove', drag)
        if (cover.isTiny()) cover.remove()
      },
      { once: true },
    )
  })

  const tools = element('div', { class: 'row' }, addButton, removeButton)
  return {
    root: element('div', {}, stage, tools),
    focus: () => addButton.focus(),
    toBlob: () => encode(flatten(canvas, covers)),
  }
}
