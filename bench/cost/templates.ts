import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App } from 'aws-cdk-lib';
import cdk from '../../cdk.json';
import { readConfig, type Config } from '../../lib/config';
import { addStacks } from '../../lib/stacks/stacks';

export interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

export interface CloudFormationTemplate {
  readonly Resources?: Readonly<Record<string, Resource>>;
}

/**
 * Synthesizes the templates of a stage without its bundles. Throws a `ConfigError` if its settings are
 * invalid.
 */
export function synthesizeStage(stage: string | undefined): {
  config: Config;
  templates: CloudFormationTemplate[];
} {
  const outdir = mkdtempSync(path.join(tmpdir(), 'scim-cost-'));
  try {
    const context = { ...cdk.context, 'aws:cdk:bundling-stacks': [], ...(stage !== undefined && { stage }) };
    const app = new App({ treeMetadata: false, outdir, context });
    const config = readConfig(context);
    addStacks(app, config);
    const { stacks } = app.synth();
    return { config, templates: stacks.map(({ template }) => template as CloudFormationTemplate) };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
