import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, visit } from 'yaml';
import { invisibleCharacter, visibleText } from '../text/visible-text.ts';
import { ConfigError, type Problem } from './error.ts';

/** A YAML file as plain values, and the position of each in the file. */
export interface ConfigDocument {
  value: unknown;
  /** Position of the key or the value at a path; that of the nearest parent's key if there is none. */
  positionOf(path: readonly PropertyKey[], part: 'key' | 'value'): Problem['position'];
}

/** Reads YAML 1.2. Throws a ConfigError for text that is not YAML, and for keys and aliases that could do harm. */
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
    // Further errors in the same line mostly follow from the first.
    if (problems.some((known) => known.position?.line === position.line)) continue;
    problems.push({ position, key: '', message: explainSyntax(code, message) });
  }
  let first_alias: Problem['position'];
  visit(document, {
    Alias: (_, alias, parents) => {
      first_alias ??= positionAt(alias.range?.[0]);
      const meant = alias.resolve(document);
      if (meant && !parents.includes(meant)) return;
      const message = meant
        ? `*${alias.source} is used within itself; write the value out`
        : `there is no &${alias.source}; write the value out, or mark it with &${alias.source} before this line`;
      problems.push({ position: positionAt(alias.range?.[0]), key: '', message });
    },
    Scalar: (_, { value, range }) => {
      const hidden = typeof value === 'string' ? invisibleCharacter(value) : undefined;
      if (hidden === undefined) return;
      const message = `has the invisible character ${visibleText(hidden)}, which can hide or reorder text; remove it`;
      problems.push({ position: positionAt(range?.[0]), key: '', message });
    },
    Pair: (_, { key }) => {
      // zod ignores this key silently.
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
    // The library limits what aliases may expand to, before they exhaust the memory.
    throw new ConfigError(file, [
      {
        ...(first_alias && { position: first_alias }),
        key: '',
        message: `cannot be read: ${(error as Error).message}; write the values out`,
      },
    ]);
  }
}

interface Entry {
  key: Node | null;
  value: Node | null;
}

/** The entry of a mapping by key, or of a list by index. */
function entryOf(document: Document, parent: Node | null, step: PropertyKey): Entry | undefined {
  const node = isAlias(parent) ? parent.resolve(document) : parent;
  if (isMap<Node, Node | null>(node)) return node.items.find(({ key }) => String(key) === String(step));
  const item = isSeq<Node>(node) ? node.items[Number(step)] : undefined;
  return item && { key: item, value: item };
}

function explainSyntax(code: string, message: string): string {
  if (code === 'DUPLICATE_KEY') return 'the same key is given above; keep one of them';
  if (code === 'MULTIPLE_DOCS') return 'a second document starts here; remove the line ---';
  if (code === 'TAG_RESOLVE_FAILED') return 'YAML tags are not supported; write the value without !';
  return `is not YAML: ${message}`;
}
