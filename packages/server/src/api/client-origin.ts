/**
 * The origin that a client used. Uploaders send their token nowhere else. A proxy that ends TLS hides the scheme, so that
 * of the configured public URL counts when the host is the same.
 */
export const clientOrigin = (requestUrl: string, publicUrl: string): string => {
  const [asked, configured] = [new URL(requestUrl), new URL(publicUrl)]
  return asked.host === configured.host ? configured.origin : asked.origin
}
