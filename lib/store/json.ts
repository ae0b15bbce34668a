import type { PutOptions, Store } from './store.ts';

/**
 * The value of a JSON object that Logtally wrote, or undefined if there is none. The type is not checked. An Error names
 * an object that is not JSON.
 */
export async function readJson<T>(store: Store, key: string): Promise<T | undefined> {
  const bytes = await store.get(key);
  if (!bytes) return undefined;
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as T;
  } catch (cause) {
    throw new Error(`${store.root}${key} is not JSON; delete it and run the report again`, { cause });
  }
}

/** Writes a value as JSON, indented for people who open it; false if `if_absent` found an object there. */
export function writeJson(
  store: Store,
  key: string,
  value: unknown,
  options: Pick<PutOptions, 'if_absent'> = {},
): Promise<boolean> {
  const text = `${JSON.stringify(value, null, 2)}\n`;
  return store.put(key, text, { content_type: 'application/json', ...options });
}
