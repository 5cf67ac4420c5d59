/** Where to go after the log-in: a path of this service, never another site that a crafted link names. */
export const safeNext = (next: string | undefined): string =>
  next !== undefined && /^\/(?![/\\])/.test(next) && !next.startsWith('/login') ? next : '/'
