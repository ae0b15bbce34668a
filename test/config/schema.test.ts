import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { editorSchema } from '../../lib/config/schema.ts';
import { loadSections } from '../../lib/sections/catalogue.ts';

const ROOT = join(import.meta.dirname, '..', '..');

interface SchemaNode {
  properties?: Record<string, SchemaNode>;
  additionalProperties?: SchemaNode | false;
  anyOf?: SchemaNode[];
  description?: string;
}

/** Paths of the keys without a description. */
function undescribed(node: SchemaNode, path = ''): string[] {
  const keys = Object.entries(node.properties ?? {}).flatMap(([key, child]) => [
    ...(child.description ? [] : [`${path}${key}`]),
    ...undescribed(child, `${path}${key}.`),
  ]);
  const entries = node.additionalProperties ? undescribed(node.additionalProperties, `${path}*.`) : [];
  return [...keys, ...entries, ...(node.anyOf ?? []).flatMap((choice) => undescribed(choice, path))];
}

describe('the schema for editors', () => {
  const section_ids = loadSections().map(({ id }) => id);
  const schema = editorSchema(section_ids) as SchemaNode;

  test('is the committed one; `npm run schema` writes it', () => {
    expect(JSON.parse(readFileSync(join(ROOT, 'logtally.schema.json'), 'utf8'))).toEqual(schema);
  });

  test('has a type for programs, the committed one', () => {
    const folder = mkdtempSync(join(tmpdir(), 'logtally-schema-'));
    execFileSync(process.execPath, [join(ROOT, 'bin', 'schema.ts'), folder]);
    const written = readFileSync(join(folder, 'config-input.ts'), 'utf8');
    rmSync(folder, { recursive: true });
    expect(readFileSync(join(ROOT, 'lib', 'config', 'config-input.ts'), 'utf8')).toBe(written);
  });

  test('is named by the example', () => {
    const [first] = readFileSync(join(ROOT, 'logtally.yaml'), 'utf8').split('\n');
    expect(first).toBe('# yaml-language-server: $schema=./logtally.schema.json');
  });

  test('describes every key and refuses others', () => {
    expect(undescribed(schema)).toEqual([]);
    expect(schema.additionalProperties).toBe(false);
    expect(schema.properties?.mail?.additionalProperties).toBe(false);
  });

  test('completes sections, formats and frequencies', () => {
    const report = schema.properties?.reports?.additionalProperties as SchemaNode;
    expect(report.properties?.sections).toMatchObject({
      default: 'all',
      // Sections of one's own are not in the list.
      anyOf: [{ const: 'all' }, { items: { anyOf: [{ enum: section_ids }, { pattern: expect.any(String) }] } }],
    });
    expect(report.properties?.frequency).toMatchObject({
      enum: ['weekly', 'monthly', 'quarterly'],
      default: 'monthly',
    });
    const source = schema.properties?.sources?.additionalProperties as SchemaNode;
    expect(source.properties?.format).toMatchObject({ enum: expect.arrayContaining(['s3-access']) });
  });
});
