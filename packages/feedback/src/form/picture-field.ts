import type { Texts } from '../texts/texts.ts'
import { element } from './element.ts'
import type { Picture } from './picture.ts'

export interface PictureField {
  root: HTMLElement
  /** The picture with its covers painted in; undefined when there is none. */
  read(): Promise<Blob | undefined>
}

const canCapture = (): boolean => typeof navigator.mediaDevices?.getDisplayMedia === 'function'

const isPainted = (): Promise<unknown> =>
  new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))

const takeFrame = async (stream: MediaStream): Promise<ImageBitmap> => {
  const video = document.createElement('video')
  video.srcObject = stream
  video.muted = true
  await video.play()
  return createImageBitmap(video)
}

/** One frame of what the visitor chooses to share, without the form that is over it; the sharing ends with it. */
const captureScreen = async (form: HTMLDialogElement): Promise<ImageBitmap> => {
  // On the dialog itself, which browsers show even within what is hidden (Chromium; checked 2026-11). And before the
  // screen is asked for: the first frames of a stream may be older than what the page has done since.
  form.style.visibility = 'hidden'
  try {
    await isPainted()
    // Chromium offers this tab first; others do not know the wish (checked 2026-11).
    const wish = { video: true, preferCurrentTab: true }
    const stream = await navigator.mediaDevices.getDisplayMedia(wish)
    return await takeFrame(stream).finally(() => stream.getTracks().forEach((track) => track.stop()))
  } finally {
    form.style.visibility = ''
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
  const show = async (source: () => Promise<ImageBitmap>): Promise<void> => {
    wrong.textContent = ''
    try {
      const [{ drawPicture }, image] = await Promise.all([import('./picture.ts'), source()])
      picture = drawPicture(image, texts, remove)
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
  const showScreen = async (): Promise<void> => {
    await show(() => captureScreen(capture.closest('dialog')!))
    // What was hidden has lost the focus.
    if (!picture) capture.focus()
  }
  capture.addEventListener('click', () => void showScreen())
  return { root: element('div', { part: 'picture' }, choices, shown, wrong), read: async () => picture?.toBlob() }
}
