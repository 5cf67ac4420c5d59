/** Bounds of what one client may send. Sizes are bytes unless the name says otherwise. */
export const LIMITS = {
  /** A request body as it arrives, compressed or not. */
  compressedBody: 5 * 1024 * 1024,
  /** The same body after decompression: an event and four of the largest attachments. On its way to the disk it is copied several times. */
  body: 10 * 1024 * 1024,
  /** An envelope or item header line. */
  headerLine: 8 * 1024,
  /** One JSON item: an event, a session, a report. */
  jsonItem: 1024 * 1024,
  attachment: 2 * 1024 * 1024,
  /** Events of many pages, each with the update of its session. */
  itemsPerEnvelope: 200,

  messageChars: 8192,
  nameChars: 200,
  urlChars: 2048,
  tags: 100,
  tagChars: 200,
  frames: 250,
  exceptions: 20,
  breadcrumbs: 200,
  debugImages: 500,
  fingerprintParts: 16,
  fingerprintChars: 256,
  /** Free-form data (contexts, extra, breadcrumb data): depth, entries of one container, characters of one string. */
  dataDepth: 8,
  dataEntries: 200,
  dataChars: 4096,
} as const
