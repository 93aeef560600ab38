import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import cdk from '../../cdk.json';
import { readConfig } from '../../lib/config';
import { addStacks } from '../../lib/stacks/stacks';

/** Leaves out what nobody looks at here: bundles, and the tree of constructs. */
export const UNBUNDLED_APP_PROPS = {
  treeMetadata: false,
  context: { ...cdk.context, 'aws:cdk:bundling-stacks': [] },
};

/** The app as `cdk synth` makes it with `context`, but with the functions not bundled. */
export function createApp(context: Readonly<Record<string, unknown>> = {}): App {
  const app = new App({ ...UNBUNDLED_APP_PROPS, context: { ...UNBUNDLED_APP_PROPS.context, ...context } });
  addStacks(app, readConfig(app.node.getAllContext() as Record<string, unknown>));
  return app;
}

type StackName = 'ScimData' | 'ScimApi' | 'ScimLicenses' | 'ScimSweep' | 'ScimAdmin';

type Templates = Readonly<Record<StackName, Template>>;
const templatesByContext = new Map<string, Templates>();

/** The templates of the app's stacks; those of one context are made once in a test file. */
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

/** CDK looks where in the code it is for each resource, which jest's source maps make slow. */
function withoutStackTraces<T>(act: () => T): T {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return act();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** Leaves the findings to findings.test.ts, as they take longer than all else. */
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
}

/** Resources of a type by their logical id, e.g. `AWS::Lambda::Function`. */
export const resourcesOf = (template: Template, type: string): Record<string, Resource> =>
  template.findResources(type) as Record<string, Resource>;

/** The template with those resources alone whose logical id is `wanted`. */
export function filterResources(template: Template, wanted: (logicalId: string) => boolean): Template {
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
