/** Starts of the lines of a text, which end at CRLF, LF and CR, as in source maps. */
export const lineStarts = (text: string): Int32Array => {
  const starts: number[] = [0]
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) starts.push(at + 1)
  }
  return Int32Array.from(starts)
}

export const lineOf = (starts: Int32Array, offset: number): number => {
  let low = 0
  let high = starts.length
  while (low + 1 < high) {
    const middle = (low + high) >>> 1
    if (starts[middle]! <= offset) low = middle
    else high = middle
  }
  return low
}
