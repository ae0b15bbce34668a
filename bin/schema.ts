#!/usr/bin/env node
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile, type JSONSchema } from 'json-schema-to-typescript';
import { editorSchema } from '../lib/config/schema.ts';
import { loadSections } from '../lib/sections/catalogue.ts';

/**
 * Writes what follows from the schema of logtally.yaml: logtally.schema.json, from which editors complete and check the
 * file, and lib/config/config-input.ts, its type for programs. A folder as the argument receives both instead.
 */
const ROOT = join(import.meta.dirname, '..');
const [folder] = process.argv.slice(2);
const schema = editorSchema(loadSections().map(({ id }) => id));
writeFileSync(join(folder ?? ROOT, 'logtally.schema.json'), `${JSON.stringify(schema, null, 2)}\n`);
writeFileSync(join(folder ?? join(ROOT, 'lib', 'config'), 'config-input.ts'), await typeOf(schema));

async function typeOf(schema: JSONSchema): Promise<string> {
  const { properties: { sources, reports } = {}, ...rest } = structuredClone(schema);
  // Formats and sections of the user's own have other names.
  delete valuesOf(sources).properties?.format?.enum;
  const [, listed] = valuesOf(reports).properties?.sections?.anyOf ?? [];
  if (listed) listed.items = { type: 'string' };
  const own = { ...rest, properties: { ...schema.properties, sources, reports } };
  const bannerComment = '/* Written by `npm run schema`, from lib/config/schema.ts. */';
  const text = await compile(own as JSONSchema, 'ConfigInput', { bannerComment, ignoreMinAndMaxItems: true });
  const biome = join(ROOT, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
  const named = text.replace(
    'export interface',
    '/** What `logtally.yaml` may say, before it is checked. */\nexport interface',
  );
  const options = { input: named, cwd: ROOT, encoding: 'utf8' } as const;
  return execFileSync(process.execPath, [biome, 'format', '--stdin-file-path=config-input.ts'], options);
}

/** The schema of the values of a mapping of names. */
function valuesOf(mapping: JSONSchema | undefined): JSONSchema {
  if (typeof mapping?.additionalProperties !== 'object') throw new Error('the schema has other mappings of names');
  return mapping.additionalProperties;
}
