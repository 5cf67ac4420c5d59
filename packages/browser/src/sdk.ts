/** How this client calls itself on the wire. */
export const SDK = { name: 'foghorn.javascript', version: '0.1.0' }
