import { ByteReader } from '../format/byte-reader.ts'
import { ByteWriter } from '../format/byte-writer.ts'
import type { ScopeTable } from './collect-scopes.ts'
import { scopePieces, type ScopePiece } from './scope-pieces.ts'

/** Raise it with every change of the names that are made or of the coding: tables are kept by content hash. */
export const SCOPE_TABLE_VERSION = 5

/** The functions of one source text as an index holds them: pieces, each for the places from its own on. */
export interface PiecedScopes {
  functions: number
  pieces: ScopePiece[]
}

export const pieceScopes = (table: ScopeTable): PiecedScopes => ({
  functions: table.scopes.length,
  pieces: scopePieces(table),
})

/** One run of bytes, for a store that keeps tables by the hash of their text. */
export const encodeScopes = ({ functions, pieces }: PiecedScopes): Uint8Array => {
  const out = new ByteWriter()
  out.byte(SCOPE_TABLE_VERSION)
  out.varint(functions)
  out.varint(pieces.length)
  for (const { line, column, bytes } of pieces) {
    for (const value of [line, column, bytes.length]) out.varint(value)
    out.bytes(bytes)
  }
  return out.view().slice()
}

/** Undefined when another version wrote the table. */
export const decodeScopes = (bytes: Uint8Array): PiecedScopes | undefined => {
  const reader = new ByteReader(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  if (reader.byte() !== SCOPE_TABLE_VERSION) return undefined
  const functions = reader.varint()
  const pieces: ScopePiece[] = []
  for (let left = reader.varint(); left > 0 && !reader.done; left--) {
    const [line, column, length] = [reader.varint(), reader.varint(), reader.varint()]
    pieces.push({ line, column, bytes: reader.bytes(length) })
  }
  return { functions, pieces }
}
