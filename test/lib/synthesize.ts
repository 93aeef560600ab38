import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import cdk from '../../cdk.json';
import { readConfig } from '../../lib/config';
import { addStacks } from '../../lib/stacks/stacks';

/** Skips what these tests do not need: bundles, and the tree of constructs. */
export const UNBUNDLED_APP_PROPS = {
  treeMetadata: false,
  context: { ...cdk.context, 'aws:cdk:bundling-stacks': [], stage: 'local' },
};

/** Creates the app as `cdk synth` does with `context`, but without bundling the functions. */
export function createApp(context: Readonly<Record<string, unknown>> = {}): App {
  const app = new App({ ...UNBUNDLED_APP_PROPS, context: { ...UNBUNDLED_APP_PROPS.context, ...context } });
  addStacks(app, readConfig(app.node.getAllContext() as Record<string, unknown>));
  return app;
}

type StackName = 'ScimData' | 'ScimApi' | 'ScimLicenses' | 'ScimSweep' | 'ScimAdmin';

type Templates = Readonly<Record<StackName, Template>>;
const templatesByContext = new Map<string, Templates>();

/** Returns the templates of the app's stacks. Each context is synthesized once per test file. */
export function synthesize(context: Readonly<Record<string, unknown>> = {}): Templates {
  const key = JSON.stringify(context);
  const templates =
    templatesByContext.get(key) ??
    readTemplates(withoutStackTraces(() => synthesizeWithoutValidation(createApp(context))));
  templatesByContext.set(key, templates);
  return templates;
}

function readTemplates(assembly: CloudAssembly): Templates {
  const template = (name: StackName) => Template.fromJSON(assembly.getStackByName(name).template as object);
  return {
    ScimData: template('ScimData'),
    ScimApi: template('ScimApi'),
    ScimLicenses: template('ScimLicenses'),
    ScimSweep: template('ScimSweep'),
    ScimAdmin: template('ScimAdmin'),
  };
}

/** Turns off stack traces. CDK takes one for each resource, and jest's source maps make them slow. */
function withoutStackTraces<T>(act: () => T): T {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return act();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** Synthesizes without the slow best practice checks, which findings.test.ts runs. */
export function synthesizeWithoutValidation(app: App): CloudAssembly {
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
  readonly UpdateReplacePolicy?: string;
  readonly DependsOn?: string | readonly string[];
}

/** Returns the resources of a type, such as `AWS::Lambda::Function`, by their logical IDs. */
export const resourcesOf = (template: Template, type: string): Record<string, Resource> =>
  template.findResources(type) as Record<string, Resource>;

/** Returns the template with only the resources whose logical ID is `included`. */
export function filterResources(template: Template, included: (logicalId: string) => boolean): Template {
  const { Resources, ...otherSections } = template.toJSON() as { Resources: Record<string, Resource> };
  const includedResources = Object.entries(Resources).filter(([logicalId]) => included(logicalId));
  return Template.fromJSON({ ...otherSections, Resources: Object.fromEntries(includedResources) });
}

/** Returns the properties of the only resource of a type. */
export function propertiesOf(template: Template, type: string): Record<string, unknown> {
  const [only, ...others] = Object.values(resourcesOf(template, type));
  if (!only || others.length > 0) throw new Error(`Not exactly one ${type}: ${1 + others.length}.`);
  return only.Properties;
}

/** Returns the template for a snapshot. Replaces hashes of code, which change with every line of it. */
export const snapshotOf = (template: Template): unknown =>
  JSON.parse(
    JSON.stringify(template.toJSON())
      .replace(/"[0-9a-f]{64}\.zip"/g, '"<asset>.zip"')
      .replace(/Deployment[0-9A-F]{8}[0-9a-f]{32}/g, 'Deployment<hash>'),
  );
