import { currentClient, lastEventId } from './api.ts'
import { warn } from './dev.ts'
import { getScope } from './scope.ts'

/** Texts of the dialog, and what is filled in already. */
export interface ReportDialogOptions {
  /** The event that the visitor is asked about; the last one when absent. */
  eventId?: string
  user?: { name?: string; email?: string }
  lang?: string
  title?: string
  subtitle?: string
  subtitle2?: string
  labelName?: string
  labelEmail?: string
  labelComments?: string
  labelClose?: string
  labelSubmit?: string
  errorGeneric?: string
  errorFormEntry?: string
  successMessage?: string
  /** Called when the dialog is there. */
  onLoad?: () => void
}

/** Asks the visitor what happened, in a dialog that the service draws. */
export const showReportDialog = (options: ReportDialogOptions = {}): void => {
  const {
    user = getScope().data.user as ReportDialogOptions['user'],
    onLoad,
    eventId = lastEventId(),
    ...texts
  } = options
  const dsn = currentClient()?.options.dsn
  if (!dsn || !eventId)
    return warn('showReportDialog has no event to ask about: call it after an error was captured, or give an eventId.')
  const query = new URLSearchParams({ dsn, eventId, ...texts })
  for (const [key, value] of Object.entries(user ?? {})) if (value) query.set(key, String(value))
  const script = document.createElement('script')
  script.crossOrigin = 'anonymous'
  script.src = `${dsn.replace(/\/\/[^@]*@/, '//').replace(/\/\d+$/, '')}/api/embed/error-page/?${query}`
  if (onLoad) script.addEventListener('load', onLoad)
  document.head.append(script)
}
