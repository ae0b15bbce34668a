#!/usr/bin/env node
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawArchitecture } from '../test/architecture/picture.ts';

/** Draws docs/architecture.svg from the table of rooms in test/architecture/rooms.ts. */
writeFileSync(join(import.meta.dirname, '..', 'docs', 'architecture.svg'), drawArchitecture());
