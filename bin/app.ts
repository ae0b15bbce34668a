#!/usr/bin/env node
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { loadConfig } from '../lib/config/config.ts';
import { LogtallyStack } from '../lib/infra/stack.ts';
import { loadSections } from '../lib/sections/catalogue.ts';

const app = new App();
const section_ids = loadSections().map(({ id }) => id);
const config = loadConfig(app.node.tryGetContext('config') ?? 'logtally.yaml', {
  section_ids,
  onHint: (hint) => process.stderr.write(`${hint}\n`),
});
new LogtallyStack(app, config);
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
