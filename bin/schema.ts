#!/usr/bin/env node
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { editorSchema } from '../lib/config/schema.ts';
import { loadSections } from '../lib/sections/catalogue.ts';

/** Writes logtally.schema.json, from which editors complete and check logtally.yaml. */
const schema = editorSchema(loadSections().map(({ id }) => id));
writeFileSync(join(import.meta.dirname, '..', 'logtally.schema.json'), `${JSON.stringify(schema, null, 2)}\n`);
