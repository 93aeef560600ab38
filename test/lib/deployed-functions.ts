import type { Template } from 'aws-cdk-lib/assertions';
import { resourcesOf } from './synthesize';

interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

export interface DeployedFunction {
  readonly logicalId: string;
  readonly properties: Record<string, unknown>;
  readonly environment: Record<string, unknown>;
  /** The statements of its role's policies. */
  readonly statements: Statement[];
}

interface FunctionProperties extends Record<string, unknown> {
  readonly Role: { 'Fn::GetAtt': [string, string] };
  readonly Environment?: { Variables: Record<string, unknown> };
}

/** Returns the functions of a template by the name of their entry in `lambdas/`. */
export function deployedFunctions(template: Template): Record<string, DeployedFunction> {
  // CDK moves the statements that do not fit into an inline policy to managed ones.
  const policies = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'].flatMap((type) =>
    Object.values(resourcesOf(template, type)),
  );
  // Functions of CDK itself have no environment.
  const own = Object.entries(resourcesOf(template, 'AWS::Lambda::Function')).filter(
    ([, { Properties }]) => (Properties as FunctionProperties).Environment,
  );
  const entries = own.map(([logicalId, resource]) => {
    const properties = resource.Properties as FunctionProperties;
    const role = properties.Role['Fn::GetAtt'][0];
    const environment = properties.Environment?.Variables ?? {};
    const statements = policies
      .filter(({ Properties }) =>
        ((Properties.Roles ?? []) as { Ref: string }[]).some(({ Ref }) => Ref === role),
      )
      .flatMap(({ Properties }) => (Properties.PolicyDocument as { Statement: Statement[] }).Statement);
    return [
      environment.POWERTOOLS_SERVICE_NAME as string,
      { logicalId, properties, environment, statements },
    ] as const;
  });
  return Object.fromEntries(entries);
}

/** The pattern of the ID of a domain, which `describeGrants` shows as `<d>`. */
const DOMAIN_ID = '????????-????-????-????-????????????';

/** Shows a condition on partition keys, as `describeGrants` does. */
export const forKeys = (...patterns: string[]): string =>
  ` if {"ForAllValues:StringLike":{"dynamodb:LeadingKeys":${JSON.stringify(patterns)}}}`;

/**
 * Describes a function's permissions except for its log: one line of actions, resources and conditions each.
 */
export function describeGrants({ statements }: DeployedFunction): string[] {
  return statements
    .filter(({ Action }) => ![Action].flat().every((action) => action.startsWith('logs:')))
    .map(({ Action, Resource, Condition }) => {
      const resources = [Resource].flat().map(readableReference).sort().join(', ');
      const condition = Condition ? ` if ${JSON.stringify(Condition)}` : '';
      return `${[Action].flat().sort().join(', ')} on ${resources}${condition}`.replaceAll(DOMAIN_ID, '<d>');
    })
    .sort();
}

/**
 * Shortens a reference: `{ "Fn::ImportValue": "ScimData:ExportsOutputFnGetAttTable710B521BArn570AFAD4" }`
 * becomes
 * `Table.Arn`.
 */
export function readableReference(resource: unknown): string {
  return JSON.stringify(resource)
    .replace(
      /\{"Fn::ImportValue":"\w+:ExportsOutputFnGetAtt(\w+?)[0-9A-F]{8}(\w+?)[0-9A-F]{8}"\}/g,
      '"$1.$2"',
    )
    .replace(/\{"Fn::ImportValue":"\w+:ExportsOutputRef(\w+?)[0-9A-F]{16}"\}/g, '"$1"')
    .replace(
      /\{"Fn::GetStackOutput":\{[^{}]*(?:\{[^{}]*\}[^{}]*)?"OutputName":"PublishOutputRef(\w+?)[0-9A-F]{16}"\}\}/g,
      '"$1"',
    )
    .replace(/\{"Fn::GetAtt":\["(\w+?)[0-9A-F]{8}","(\w+)"\]\}/g, '"$1.$2"')
    .replace(/\{"Ref":"(\w+?)[0-9A-F]{8}"\}/g, '"$1"')
    .replace(/\{"Ref":"(AWS::\w+)"\}/g, '"$1"')
    .replace(/\{"Fn::Join":\["",\[([^\]]*)\]\]\}/g, (_, parts: string) => parts.replace(/","/g, ''))
    .replaceAll('"', '');
}
