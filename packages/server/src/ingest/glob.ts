// Projects write patterns as globs: unlike regular expressions, no text makes them slow.

/** Whether a text matches a pattern in which `*` stands for any characters. Without case; its time grows with the product of both lengths at most. */
export const matchesGlob = (pattern: string, text: string): boolean => {
  const [wanted, given] = [pattern.toLowerCase(), text.toLowerCase()]
  let [at, inPattern, star, resume] = [0, 0, -1, 0]
  while (at < given.length) {
    if (wanted[inPattern] === '*') [star, resume, inPattern] = [inPattern, at, inPattern + 1]
    else if (wanted[inPattern] === given[at]) [at, inPattern] = [at + 1, inPattern + 1]
    else if (star < 0) return false
    else [at, inPattern, resume] = [resume + 1, star + 1, resume + 1]
  }
  while (wanted[inPattern] === '*') inPattern += 1
  return inPattern === wanted.length
}
