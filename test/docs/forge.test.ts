import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { ROOT } from './pages.ts';

interface Workflow {
  permissions: Record<string, string>;
  jobs: Record<string, { steps: { uses?: string; run?: string }[] }>;
}

const workflow: Workflow = parse(readFileSync(join(ROOT, '.github', 'workflows', 'ci.yml'), 'utf8'));
const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);

test('the workflow of the forge runs what runs here', () => {
  expect(steps.flatMap(({ run }) => run ?? [])).toEqual(['.ci/run']);
});

test('it may read the repository and nothing else, and uses actions of a known version', () => {
  expect(workflow.permissions).toEqual({ contents: 'read' });
  expect(steps.flatMap(({ uses }) => uses ?? []).filter((uses) => !/^actions\/[a-z-]+@v\d+$/.test(uses))).toEqual([]);
});
