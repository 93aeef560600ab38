import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import cdk from '../../cdk.json';
import { readConfig } from '../../lib/config';
import { addStacks } from '../../lib/stacks/stacks';

/** The app as `cdk synth` makes it with `context`, but with the functions not bundled. */
export function makeApp(context: Readonly<Record<string, unknown>> = {}): App {
  const app = new App({ context: { ...cdk.context, 'aws:cdk:bundling-stacks': [], ...context } });
  addStacks(app, readConfig(app.node.getAllContext() as Record<string, unknown>));
  return app;
}

type StackName = 'ScimData' | 'ScimApi' | 'ScimLicenses' | 'ScimSweep' | 'ScimAdmin';

/** The templates of the app's stacks. */
export function synthesize(context: Readonly<Record<string, unknown>> = {}): Record<StackName, Template> {
  const assembly = synthesizeUnchecked(makeApp(context));
  const template = (name: StackName) => Template.fromJSON(assembly.getStackByName(name).template as object);
  return {
    ScimData: template('ScimData'),
    ScimApi: template('ScimApi'),
    ScimLicenses: template('ScimLicenses'),
    ScimSweep: template('ScimSweep'),
    ScimAdmin: template('ScimAdmin'),
  };
}

/** Leaves the findings to findings.test.ts, as they take longer than all else. */
export function synthesizeUnchecked(app: App): CloudAssembly {
  const validation = process.env.CDK_VALIDATION;
  process.env.CDK_VALIDATION = 'false';
  try {
    return app.synth();
  } finally {
    if (validation === undefined) delete process.env.CDK_VALIDATION;
    else process.env.CDK_VALIDATION = validation;
  }
}

export interface Resource {
  readonly Type: string;
  readonly Properties: Record<string, unknown>;
  readonly DeletionPolicy?: string;
}

/** Resources of a type by their logical id, e.g. `AWS::Lambda::Function`. */
export const resourcesOf = (template: Template, type: string): Record<string, Resource> =>
  template.findResources(type) as Record<string, Resource>;

/** The template with those resources alone whose logical id is `wanted`. */
export function partOf(template: Template, wanted: (logicalId: string) => boolean): Template {
  const { Resources, ...rest } = template.toJSON() as { Resources: Record<string, Resource> };
  const part = Object.entries(Resources).filter(([logicalId]) => wanted(logicalId));
  return Template.fromJSON({ ...rest, Resources: Object.fromEntries(part) });
}

/** Properties of the only resource of a type. */
export function propertiesOf(template: Template, type: string): Record<string, unknown> {
  const [only, ...others] = Object.values(resourcesOf(template, type));
  if (!only || others.length > 0) throw new Error(`Not exactly one ${type}: ${1 + others.length}.`);
  return only.Properties;
}

/** The template as a snapshot: hashes of code change with every line of it, and are blanked. */
export const snapshotOf = (template: Template): unknown =>
  JSON.parse(
    JSON.stringify(template.toJSON())
      .replace(/"[0-9a-f]{64}\.zip"/g, '"<asset>.zip"')
      .replace(/Deployment[0-9A-F]{8}[0-9a-f]{32}/g, 'Deployment<hash>'),
  );
