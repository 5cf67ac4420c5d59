import type { Texts } from '../texts/texts.ts'
import { element } from './element.ts'
import type { Picture } from './picture.ts'

export interface PictureField {
  root: HTMLElement
  /** The picture with its covers painted in; undefined when there is none. */
  read(): Promise<Blob | undefined>
}

type Source = () => Promise<CanvasImageSource>

const canCapture = (): boolean => typeof navigator.mediaDevices?.getDisplayMedia === 'function'

/** One frame of what the visitor chooses to share; the sharing ends with it. */
const captureScreen: Source = async () => {
  const stream = await navigator.mediaDevices.getDisplayMedia({ video: true })
  try {
    const video = document.createElement('video')
    video.srcObject = stream
    video.muted = true
    await video.play()
    return await createImageBitmap(video)
  } finally {
    stream.getTracks().forEach((track) => track.stop())
  }
}

/** Adds a picture: a file, or the screen. What shows too much can be covered before it is sent. */
export const drawPictureField = (texts: Texts): PictureField => {
  let picture: Picture | undefined
  const wrong = element('p', { class: 'wrong', role: 'alert' })
  const shown = element('div', {})
  const input = element('input', { type: 'file', accept: 'image/*', id: 'picture' })
  const file = element('label', { class: 'file', part: 'picture-file' }, texts.addPicture, input)
  const capture = element('button', { type: 'button', part: 'picture-capture' }, texts.captureScreen)
  const choices = element('div', { class: 'row' }, file, canCapture() && capture)

  const remove = (): void => {
    picture = undefined
    shown.replaceChildren()
    choices.hidden = false
    input.value = ''
    input.focus()
  }
  const show = async (source: Source): Promise<void> => {
    wrong.textContent = ''
    try {
      const [{ drawPicture }, image] = await Promise.all([import('./picture.ts'), source()])
      picture = drawPicture(image as ImageBitmap, texts, remove)
      shown.replaceChildren(picture.root)
      choices.hidden = true
      picture.focus()
    } catch (failure) {
      // Whoever closes the browser's question has changed their mind, and knows.
      if (!(failure instanceof DOMException && failure.name === 'NotAllowedError'))
        wrong.textContent = texts.pictureUnreadable
    }
  }
  input.addEventListener('change', () => input.files?.[0] && void show(() => createImageBitmap(input.files![0]!)))
  capture.addEventListener('click', () => void show(captureScreen))
  return { root: element('div', { part: 'picture' }, choices, shown, wrong), read: async () => picture?.toBlob() }
}
