import type { JsonPath } from '../../formats/format.ts';

/** A step on the way to wanted values: what is wanted at the value itself, at its keys and at its positions. */
export interface JsonNode {
  number: number;
  /** The place of the value's text in the result, if it is wanted. */
  slot?: number;
  keys: Map<string, JsonNode>;
  positions: Map<number, JsonNode>;
}

/** The wanted values as a tree; the text at `paths[n]` has slot n. Nodes are numbered from 0, the object itself. */
export function jsonTree(paths: readonly JsonPath[]): { root: JsonNode; nodes: number } {
  let nodes = 0;
  const create = (): JsonNode => ({ number: nodes++, keys: new Map(), positions: new Map() });
  const root = create();
  for (const [slot, path] of paths.entries()) {
    let node = root;
    for (const step of path) {
      const children = (typeof step === 'number' ? node.positions : node.keys) as Map<string | number, JsonNode>;
      const child = children.get(step) ?? create();
      children.set(step, child);
      node = child;
    }
    node.slot = slot;
  }
  return { root, nodes };
}

/**
 * Reads the texts at paths of a JSON object: strings as they mean, numbers as they are written, `true` and `false`; NULL for
 * null, objects, arrays and what is not there. Of equal keys the first counts, as on both engines. Undefined for a text that
 * is no valid JSON object.
 */
export function compileJson(paths: readonly JsonPath[]): (text: string) => (string | null)[] | undefined {
  const { root, nodes } = jsonTree(paths);
  return (text) => {
    if (!isObject(text)) return undefined;
    const values: (string | null)[] = new Array(paths.length).fill(null);
    new Walk(text, values, new Uint8Array(nodes)).value(root);
    return values;
  };
}

/** Escapes but those of half a character, which DuckDB takes for invalid. */
const ESCAPES = /\\(?:[^u]|u(?![dD][89a-fA-F]).{4}|u[dD][89abAB]..\\u[dD][c-fC-F]..)/g;

function isObject(text: string): boolean {
  if (!/^[ \t\r\n]*\{/.test(text)) return false;
  try {
    JSON.parse(text);
  } catch {
    return false;
  }
  return !text.includes('\\u') || !text.replace(ESCAPES, '').includes('\\');
}

const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];
const [OBJECT, OBJECT_END, ARRAY, ARRAY_END] = [0x7b, 0x7d, 0x5b, 0x5d];
const WORD = /[^ \t\r\n,}\]]+/y;

/** Goes through a valid JSON text. */
class Walk {
  readonly #text: string;
  readonly #values: (string | null)[];
  /** 1 for nodes that were met. */
  readonly #met: Uint8Array;
  #at = 0;

  constructor(text: string, values: (string | null)[], met: Uint8Array) {
    this.#text = text;
    this.#values = values;
    this.#met = met;
  }

  /** Reads a value on the way to wanted ones, which are few steps deep. */
  value(node: JsonNode): void {
    const code = this.#next();
    if (code === OBJECT && node.keys.size > 0) this.#members(node);
    else if (code === ARRAY && node.positions.size > 0) this.#elements(node);
    else if (node.slot === undefined || code === OBJECT || code === ARRAY) this.#skipValue();
    else if (code === QUOTE) this.#values[node.slot] = this.#string();
    else {
      const text = this.#word();
      this.#values[node.slot] = text === 'null' ? null : text;
    }
  }

  #members(node: JsonNode): void {
    this.#take();
    while (this.#next() !== OBJECT_END) {
      const child = node.keys.get(this.#string());
      this.#take();
      this.#child(child);
      if (this.#next() === COMMA) this.#take();
    }
    this.#take();
  }

  #elements(node: JsonNode): void {
    this.#take();
    for (let position = 0; this.#next() !== ARRAY_END; position++) {
      this.#child(node.positions.get(position));
      if (this.#next() === COMMA) this.#take();
    }
    this.#take();
  }

  #child(node: JsonNode | undefined): void {
    if (!node || this.#met[node.number] === 1) this.#skipValue();
    else {
      this.#met[node.number] = 1;
      this.value(node);
    }
  }

  /** Passes a value, which may be nested as deep as its writer likes. */
  #skipValue(): void {
    let depth = 0;
    do {
      const code = this.#next();
      if (code === QUOTE) this.#skipString();
      else if (code === OBJECT || code === ARRAY) {
        depth++;
        this.#at++;
      } else if (code === OBJECT_END || code === ARRAY_END) {
        depth--;
        this.#at++;
      } else if (code === COMMA || code === COLON) this.#at++;
      else this.#word();
    } while (depth > 0);
  }

  #string(): string {
    this.#next();
    const start = this.#at;
    this.#skipString();
    const text = this.#text.slice(start, this.#at);
    return text.includes('\\') ? JSON.parse(text) : text.slice(1, -1);
  }

  #skipString(): void {
    for (this.#at++; ; this.#at++) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === BACKSLASH) this.#at++;
      else if (code === QUOTE) break;
    }
    this.#at++;
  }

  #word(): string {
    WORD.lastIndex = this.#at;
    const text = WORD.exec(this.#text)?.[0] ?? '';
    this.#at += text.length;
    return text;
  }

  /** Goes behind the next character that is no space. */
  #take(): number {
    const code = this.#next();
    this.#at++;
    return code;
  }

  /** The next character that is no space. */
  #next(): number {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d) return code;
      this.#at++;
    }
  }
}
