// Says in PostgreSQL's words what the stores say in SQLite's.
import { OperatorNode, PostgresQueryCompiler, PrimitiveValueListNode, RawNode, ValueListNode, ValueNode } from 'kysely'
import type { BinaryOperationNode, FunctionNode, IdentifierNode, OperationNode } from 'kysely'

/** The text that a parameter or a literal is. */
const textOf = (node: OperationNode): string => {
  const inner = RawNode.is(node) ? node.parameters[0] : node
  if (inner && ValueNode.is(inner)) return String(inner.value)
  throw new TypeError(`PostgreSQL takes a text here, not ${node.kind}.`)
}

/** `glob` as the stores use it: `*`, and letters in brackets that stand for themselves. */
const likeOfGlob = (glob: string): string =>
  glob.replaceAll(/\[(.)\]|\*|[\\%_]/g, (found, literal: string | undefined) =>
    found === '*' ? '%' : (literal ?? `\\${found}`),
  )

// NULs and halves of surrogate pairs, as JSON.stringify writes them: jsonb refuses a text that has one anywhere.
const UNREADABLE = String.raw`'\\u(0000|d[89a-f][0-9a-f]{2})', '\\ufffd', 'g'`

const pathOf = (path: string): string => path.replace(/^\$\./, '').split('.').join(',')

const isEmptyList = (node: OperationNode): boolean =>
  (PrimitiveValueListNode.is(node) || ValueListNode.is(node)) && node.values.length === 0

export class StoreCompiler extends PostgresQueryCompiler {
  readonly #functions: Record<string, (parameters: readonly OperationNode[]) => void> = {
    instr: ([target, text]) => this.#write('strpos(', target!, ', ', text!, ')'),
    like: ([pattern, target]) => this.#write('(', target!, ' ilike ', pattern!, ')'),
    glob: ([pattern, target]) =>
      this.#write('(', target!, ' like ', ValueNode.create(likeOfGlob(textOf(pattern!))), ')'),
    json_extract: ([target, path]) =>
      this.#write('((regexp_replace(', target!, `, ${UNREADABLE}))::jsonb #>> '{${pathOf(textOf(path!))}}')`),
  }

  #write(...parts: (string | OperationNode)[]): void {
    for (const part of parts)
      if (typeof part === 'string') this.append(part)
      else this.visitNode(part)
  }

  protected override visitFunction(node: FunctionNode): void {
    const say = this.#functions[node.func]
    if (say) say(node.arguments)
    else super.visitFunction(node)
  }

  /** SQLite takes a list of nothing, which nothing is in. */
  protected override visitBinaryOperation(node: BinaryOperationNode): void {
    if (!isEmptyList(node.rightOperand)) return super.visitBinaryOperation(node)
    const isNegated = OperatorNode.is(node.operator) && node.operator.operator === 'not in'
    this.append(isNegated ? 'true' : 'false')
  }

  /** SQLite's `like` looks at no case. */
  protected override visitOperator(node: OperatorNode): void {
    this.append(node.operator === 'like' ? 'ilike' : node.operator)
  }

  /** Where a row lies, for deletions in bounded steps. */
  protected override visitIdentifier(node: IdentifierNode): void {
    if (node.name === 'rowid') this.append('ctid')
    else super.visitIdentifier(node)
  }
}
