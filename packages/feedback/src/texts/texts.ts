/** Everything that the button and the form say. */
export interface Texts {
  /** On the button. */
  button: string
  title: string
  /** Under the title; may be empty. */
  intro: string
  /** In place of `title` and `intro` when the page has crashed. */
  crashTitle: string
  crashIntro: string
  name: string
  email: string
  message: string
  /** Behind the label of a field that may stay empty. */
  optional: string
  send: string
  cancel: string
  close: string
  sending: string
  sent: string
  /** Offline, or the service does not answer: the message waits in the browser. */
  saved: string
  messageMissing: string
  nameMissing: string
  emailMissing: string
  emailInvalid: string
  failed: string
  tooMany: string
  addPicture: string
  captureScreen: string
  removePicture: string
  pictureUnreadable: string
  cover: string
  /** How covers are handled by keyboard, said of each one. */
  coverHelp: string
}
