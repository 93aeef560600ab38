import * as z from 'zod';
import { arn } from '../../../cloud/template/account';
import type { ResourceTypes } from '../../../cloud/template/identity';
import { readProperties } from '../../../cloud/template/properties';
import { ofType, type Resource } from '../../../cloud/template/resources';
import { UserError } from '../../../host/user-error';

/** A function never has a second version here, because a template has one state of its code. */
const VERSION = '1';

const unsupported = (what: string) => z.undefined(`${what} is not supported`).optional();

const VersionProperties = z.object({
  FunctionName: z.string(),
  ProvisionedConcurrencyConfig: unsupported('provisioned concurrency'),
});

const AliasProperties = z.object({
  FunctionName: z.string(),
  FunctionVersion: z.string(),
  Name: z.string().regex(/^(?!\d+$)[\w-]{1,128}$/, 'a name of letters, digits, _ and -, and not only digits'),
  ProvisionedConcurrencyConfig: unsupported('provisioned concurrency'),
  // CodeDeploy sets it while a new version takes over, and CloudFormation never does.
  RoutingConfig: unsupported('a second version'),
});

/** Returns the name of a function that a property names by its name or by its ARN. */
const functionNameOf = (text: unknown): string => String(text).replace(/^.*:function:/, '');

const qualifiedArn = (functionName: unknown, qualifier: unknown): string =>
  arn('lambda', `function:${functionNameOf(functionName)}:${String(qualifier)}`);

export const VERSION_TYPES: ResourceTypes = {
  'AWS::Lambda::Version': (naming) => {
    const ref = qualifiedArn(naming.property('FunctionName'), VERSION);
    return { ref, attributes: { Version: VERSION, FunctionArn: ref } };
  },
  'AWS::Lambda::Alias': (naming) => {
    const ref = qualifiedArn(naming.property('FunctionName'), naming.property('Name'));
    return { ref, attributes: { AliasArn: ref } };
  },
};

/** A version or an alias that the template gives to a function. */
export interface Qualified {
  readonly functionName: string;
  readonly qualifier: string;
  /** The version that runs. */
  readonly version: string;
}

/**
 * Returns the versions and then the aliases of the template. Throws a `UserError` if Lambda would refuse one.
 */
export function qualifiedFromTemplate(resources: readonly Resource[]): Qualified[] {
  const versions = ofType(resources, 'AWS::Lambda::Version').map((each): Qualified => {
    const { FunctionName } = readProperties(VersionProperties, each);
    return { functionName: functionNameOf(FunctionName), qualifier: VERSION, version: VERSION };
  });
  const aliases = ofType(resources, 'AWS::Lambda::Alias').map((each): Qualified => {
    const { FunctionName, FunctionVersion, Name } = readProperties(AliasProperties, each);
    return { functionName: functionNameOf(FunctionName), qualifier: Name, version: FunctionVersion };
  });
  for (const { functionName, version } of aliases)
    if (!versions.some((each) => each.functionName === functionName && each.version === version))
      throw new UserError(`Function not found: ${qualifiedArn(functionName, version)}`);
  const all = [...versions, ...aliases];
  const arns = all.map(({ functionName, qualifier }) => qualifiedArn(functionName, qualifier));
  const twice = arns.find((each, at) => arns.indexOf(each) !== at);
  if (twice !== undefined) throw new UserError(`The template defines ${twice} twice.`);
  return all;
}
