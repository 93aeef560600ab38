#!/usr/bin/env node
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ConfigError, readConfig } from '../lib/config';
import { warningsOf } from '../lib/settings/warnings';
import { addStacks } from '../lib/stacks/stacks';
import { LimitsPlugin } from '../lib/validation/limits-plugin';

const app = new App();
try {
  const config = readConfig(app.node.getAllContext() as Record<string, unknown>);
  addStacks(app, config);
  for (const warning of warningsOf(config)) console.error(warning);
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  console.error(error.message);
  process.exit(1);
}
Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new LimitsPlugin());
