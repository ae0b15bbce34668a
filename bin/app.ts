#!/usr/bin/env node
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { LogtallyStack, loadConfig } from '../lib/infra/index.ts';

const app = new App();
const config = loadConfig(app.node.tryGetContext('config') ?? 'logtally.yaml');
const { name, account, region, tags, termination_protection } = config.stack;
new LogtallyStack(app, name, {
  config,
  env: { account, region },
  tags,
  terminationProtection: termination_protection,
});
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
