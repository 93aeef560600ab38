import { createHash } from 'node:crypto';
import { arn } from './account';

/**
 * The name and attributes of a resource. They are the same in each run, so that stored state fits after a
 * restart.
 */
export interface Identity {
  /** The value of `Ref`. */
  readonly ref: string;
  /** The values of `Fn::GetAtt`. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** The parts of a resource definition that its identity may depend on. */
export interface Naming {
  readonly stack: string;
  readonly logicalId: string;
  /** Returns the evaluated property, or undefined if the template does not set it. */
  property(name: string): unknown;
}

/** CloudFormation type → how its resources are identified. */
export type ResourceTypes = Readonly<Record<string, (naming: Naming) => Identity>>;

/** CloudFormation type → what is missing because it is not emulated. */
export type IgnoredTypes = Readonly<Record<string, string>>;

const generatedName = ({ stack, logicalId }: Naming) => `${stack}-${logicalId}`;

/** Returns the name that a property gives, or one that is generated from stack and logical id. */
export const nameOf = (property: string, naming: Naming): string =>
  (naming.property(property) as string | undefined) ?? generatedName(naming);

/** Returns lower-case letters and digits that depend on stack and logical id only. */
export const shortId = (naming: Naming, length = 10): string =>
  BigInt(`0x${createHash('sha256').update(generatedName(naming)).digest('hex')}`)
    .toString(36)
    .slice(0, length);

/** Identifies a resource by a generated id that no attribute repeats. */
export const byId = (naming: Naming): Identity => ({ ref: shortId(naming), attributes: {} });

/** Identifies a resource by a generated id, which these attributes repeat. */
export const byIdAttribute =
  (...names: string[]) =>
  (naming: Naming): Identity => {
    const id = shortId(naming);
    return { ref: id, attributes: Object.fromEntries(names.map((name) => [name, id])) };
  };

/** Identifies an ignored resource. Other resources may still refer to its name or its ARN. */
export function identityOfIgnored(type: string, naming: Naming): Identity {
  const [, service = ''] = type.toLowerCase().split('::');
  const explicit = ['Name', 'RoleName', 'LogGroupName', 'EmailIdentity', 'DomainName', 'AlarmName']
    .map((property) => naming.property(property))
    .find((value) => typeof value === 'string');
  const ref = explicit ?? generatedName(naming);
  return { ref, attributes: { Arn: arn(service, ref) } };
}
