// Values of query parameters (and of fragments written like them) whose names tell a secret, and passwords in
// addresses. Repetitions are bounded, so that long hostile text costs linear time.
const SECRET =
  /([?&#;][\w.[\]-]{0,30}(?:token|secret|passw|auth|api.?key|session|jwt|otp|email|code|sig)[\w.[\]-]{0,30}=)[^&#\s"'<>]+/gi
const PASSWORD = /(:\/\/)[^/\s:@]{1,99}:[^/\s@]{1,99}@/g

export const maskSecrets = (text: string): string =>
  /[=@]/.test(text) ? text.replace(SECRET, '$1***').replace(PASSWORD, '$1***@') : text
