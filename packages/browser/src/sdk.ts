/** How this client calls itself on the wire. */
export const NAME = 'foghorn.javascript'
export const VERSION = '0.1.0'
