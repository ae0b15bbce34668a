import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, visit } from 'yaml';
import { ConfigError, type Problem } from './error.ts';

/** A YAML file as plain values, and where each of them stands in it. */
export interface ConfigDocument {
  value: unknown;
  /** Where the key or the value at this path stands; where it is missing, the nearest parent's key. */
  positionOf(path: readonly PropertyKey[], part: 'key' | 'value'): Problem['position'];
}

/** Reads YAML 1.2. A ConfigError for text that is no YAML, and for keys and aliases that could do harm. */
export function readDocument(text: string, file: string): ConfigDocument {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const positionAt = (offset = 0) => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };

  const problems: Problem[] = [];
  for (const { code, pos, message } of [...document.errors, ...document.warnings]) {
    const position = positionAt(pos[0]);
    // Whatever else is wrong in the same line follows from the first mistake.
    if (problems.some((known) => known.position?.line === position.line)) continue;
    problems.push({ position, key: '', message: explainSyntax(code, message) });
  }
  visit(document, {
    Alias: (_, alias, parents) => {
      const meant = alias.resolve(document);
      if (meant && !parents.includes(meant)) return;
      const message = meant
        ? `*${alias.source} stands within itself; write the value out`
        : `there is no &${alias.source}`;
      problems.push({ position: positionAt(alias.range?.[0]), key: '', message });
    },
    Pair: (_, { key }) => {
      // zod passes over this key without a word.
      if (!isScalar(key) || key.value !== '__proto__') return;
      problems.push({ position: positionAt(key.range?.[0]), key: '__proto__', message: 'cannot be a key; remove it' });
    },
  });
  if (problems.length > 0) throw new ConfigError(file, problems);

  const positionOf: ConfigDocument['positionOf'] = (path, part) => {
    let entry: Entry = { key: document.contents, value: document.contents };
    for (const step of path) {
      const next = entryOf(document, entry.value, step);
      if (!next) return positionAt(entry.key?.range?.[0]);
      entry = next;
    }
    const node = part === 'key' ? entry.key : (entry.value ?? entry.key);
    return positionAt(node?.range?.[0]);
  };

  try {
    return { value: document.toJS(), positionOf };
  } catch (error) {
    // The library counts what aliases expand to, and stops before that exhausts the memory.
    throw new ConfigError(file, [{ key: '', message: `cannot be read: ${(error as Error).message}` }]);
  }
}

interface Entry {
  key: Node | null;
  value: Node | null;
}

/** What a mapping holds under a key, or a list under an index. */
function entryOf(document: Document, parent: Node | null, step: PropertyKey): Entry | undefined {
  const node = isAlias(parent) ? parent.resolve(document) : parent;
  if (isMap<Node, Node | null>(node)) return node.items.find(({ key }) => String(key) === String(step));
  const item = isSeq<Node>(node) ? node.items[Number(step)] : undefined;
  return item && { key: item, value: item };
}

function explainSyntax(code: string, message: string): string {
  if (code === 'DUPLICATE_KEY') return 'the same key stands above already; keep one of them';
  if (code === 'MULTIPLE_DOCS') return 'a second document starts here; remove the line ---';
  if (code === 'TAG_RESOLVE_FAILED') return 'tags are not understood; write the value without !';
  return `is not YAML: ${message}`;
}
