import { ByteReader } from '../format/byte-reader.ts'
import { decodeSites, type CallSites } from './call-sites.ts'
import { SCOPE_KINDS, type FunctionScope } from './function-scope.ts'
import { SCOPE_TABLE_VERSION, SUSPENDS } from './scope-table.ts'

/** Numbers of a function in the table. */
const FIELDS = 11
const START_LINE = 0
const START_COLUMN = 1
const END_LINE = 2
const END_COLUMN = 3
const PARENT = 4
const FLAGS = 5
const STRINGS = 6

/** The functions and call sites of one source text, as the index holds them: numbers in arrays, strings made when asked for. */
export class StoredScopes {
  readonly sites: CallSites
  readonly #bytes: Buffer
  readonly #functions: Int32Array
  /** Start and end of each string in the bytes. */
  readonly #strings: Int32Array

  private constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const reader = new ByteReader(bytes)
    reader.byte()
    this.#strings = readStrings(reader, bytes.length)
    this.#functions = readFunctions(reader, bytes.length)
    this.sites = decodeSites(reader, bytes.length)
  }

  /** Undefined when another version wrote the table. */
  static decode(bytes: Uint8Array): StoredScopes | undefined {
    return bytes[0] === SCOPE_TABLE_VERSION ? new StoredScopes(bytes) : undefined
  }

  get count(): number {
    return this.#functions.length / FIELDS
  }

  get byteLength(): number {
    return this.#bytes.length + this.#functions.byteLength + this.#strings.byteLength + this.sites.byteLength
  }

  /** The innermost function around a 0-based position, -1 for none. */
  innermost(line: number, column: number): number {
    const functions = this.#functions
    let low = 0
    let high = this.count
    while (low < high) {
      const middle = (low + high) >>> 1
      const at = middle * FIELDS
      const startLine = functions[at + START_LINE]!
      if (startLine < line || (startLine === line && functions[at + START_COLUMN]! <= column)) low = middle + 1
      else high = middle
    }
    let scope = low - 1
    while (scope >= 0 && this.#endsBefore(scope, line, column)) scope = this.parent(scope)
    return scope
  }

  parent(scope: number): number {
    const parent = this.#functions[scope * FIELDS + PARENT]!
    // Parents stand before their children; a damaged table must not make a circle.
    return parent < scope ? parent : -1
  }

  /** Whether a 0-based position is the closing brace of the innermost function around it. */
  endsAt(line: number, column: number): boolean {
    const at = this.innermost(line, column) * FIELDS
    return at >= 0 && this.#functions[at + END_LINE] === line && this.#functions[at + END_COLUMN]! - 1 === column
  }

  at(scope: number): FunctionScope {
    const [startLine, startColumn, endLine, endColumn, parent, flags, ...strings] = this.#functions.subarray(
      scope * FIELDS,
      (scope + 1) * FIELDS,
    ) as unknown as number[]
    const [name, inferred, gecko, className, role] = strings.map((index) => this.#string(index)) as [
      string,
      string,
      string,
      string,
      string,
    ]
    const kind = SCOPE_KINDS[flags! & ~SUSPENDS] ?? 'function'
    const place = {
      startLine: startLine!,
      startColumn: startColumn!,
      endLine: endLine!,
      endColumn: endColumn!,
      parent: parent!,
    }
    return { ...place, kind, suspends: (flags! & SUSPENDS) !== 0, name, inferred, gecko, className, role }
  }

  #string(index: number): string {
    return this.#bytes.toString('utf8', this.#strings[index * 2], this.#strings[index * 2 + 1])
  }

  #endsBefore(scope: number, line: number, column: number): boolean {
    const at = scope * FIELDS
    const endLine = this.#functions[at + END_LINE]!
    return endLine < line || (endLine === line && this.#functions[at + END_COLUMN]! <= column)
  }
}

const readStrings = (reader: ByteReader, limit: number): Int32Array => {
  const strings = new Int32Array(Math.min(reader.varint(), limit) * 2)
  for (let at = 0; at < strings.length; at += 2) {
    const length = reader.varint()
    strings[at] = reader.position
    reader.skip(length)
    strings[at + 1] = reader.position
  }
  return strings
}

const readFunctions = (reader: ByteReader, limit: number): Int32Array => {
  const functions = new Int32Array(Math.min(reader.varint(), limit) * FIELDS)
  let line = 0
  for (let at = 0; at < functions.length; at += FIELDS) {
    line += reader.varint()
    functions[at + START_LINE] = line
    functions[at + START_COLUMN] = reader.varint()
    functions[at + END_LINE] = line + reader.varint()
    functions[at + END_COLUMN] = reader.varint()
    functions[at + PARENT] = reader.varint() - 1
    functions[at + FLAGS] = reader.byte()
    for (let string = STRINGS; string < FIELDS; string++) functions[at + string] = reader.varint()
  }
  return functions
}
