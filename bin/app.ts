#!/usr/bin/env node
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ConfigError, readConfig } from '../lib/config';
import { LOCAL_STAGE } from '../shared/stage';
import { addStacks } from '../lib/stacks/stacks';
import { LimitsPlugin } from '../lib/validation/limits-plugin';

const app = new App();
try {
  const config = readConfig(app.node.getAllContext() as Record<string, unknown>);
  addStacks(app, config);
  if (!config.protect && config.removalPolicy === 'retain' && config.stage !== LOCAL_STAGE)
    console.error(
      `The stage ${config.stage} is not protected from deletion. After its first deployment, add "protect": true to ` +
        `settings/${config.stage}.json and deploy again.`,
    );
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  console.error(error.message);
  process.exit(1);
}
Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new LimitsPlugin());
