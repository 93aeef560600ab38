import * as z from 'zod';
import { UserError } from '../../host/user-error';
import { readProperties } from '../template/properties';
import { ofType, type Resource } from '../template/resources';
import { AWS_MANAGED_POLICIES } from './managed-policies';
import { type CompiledStatement, compilePolicy } from './statement';

/** Quotas of IAM, in characters without white space: all inline policies of a role, and a managed policy. */
const MAX_INLINE = 10_240;
const MAX_MANAGED = 6_144;

const RoleProperties = z.object({
  AssumeRolePolicyDocument: z.unknown(),
  ManagedPolicyArns: z.array(z.string()).default([]),
  PermissionsBoundary: z.string().optional(),
  Policies: z.array(z.object({ PolicyName: z.string(), PolicyDocument: z.unknown() })).default([]),
});
const PolicyProperties = z.object({
  PolicyName: z.string(),
  PolicyDocument: z.unknown(),
  Roles: z.array(z.string()).default([]),
});
const RolePolicyProperties = z.object({
  PolicyName: z.string(),
  PolicyDocument: z.unknown(),
  RoleName: z.string(),
});
const ManagedPolicyProperties = z.object({
  PolicyDocument: z.unknown(),
  Roles: z.array(z.string()).default([]),
});

/** A role of the template with its compiled policies. */
export interface Role {
  readonly name: string;
  readonly arn: string;
  /** Decides who may use the role. */
  readonly trust: readonly CompiledStatement[];
  readonly statements: readonly CompiledStatement[];
  /** The policy that limits the others; undefined if there is none. */
  readonly boundary: readonly CompiledStatement[] | undefined;
}

interface NamedDocument {
  readonly name: string;
  readonly document: unknown;
}

/**
 * Returns a role with its inline and managed policies. Throws a `UserError` if one of them is not supported.
 */
export function roleFromTemplate(resources: readonly Resource[], roleArn: string): Role {
  const resource = ofType(resources, 'AWS::IAM::Role').find(({ attributes }) => attributes.Arn === roleArn);
  if (!resource) throw new UserError(`The template refers to the role ${roleArn}, but does not define it.`);
  const own = readProperties(RoleProperties, resource);
  const name = resource.ref;
  const inline = [
    ...own.Policies.map((each) => ({ name: each.PolicyName, document: each.PolicyDocument })),
    ...attachedPolicies(resources, name),
  ];
  const managed = [
    ...own.ManagedPolicyArns.map((arn) => managedPolicy(resources, arn)),
    ...attachedManagedPolicies(resources, name),
  ];
  assertSize(`all inline policies of the role ${name}`, inline, MAX_INLINE);
  for (const policy of managed) assertSize(`the managed policy ${policy.name}`, [policy], MAX_MANAGED);
  return {
    name,
    arn: roleArn,
    trust: compilePolicy(`of the trust of ${name}`, own.AssumeRolePolicyDocument),
    statements: [...inline, ...managed].flatMap(compiled),
    boundary:
      own.PermissionsBoundary === undefined
        ? undefined
        : compiled(managedPolicy(resources, own.PermissionsBoundary)),
  };
}

const compiled = ({ name, document }: NamedDocument) => compilePolicy(name, document);

function attachedPolicies(resources: readonly Resource[], role: string): NamedDocument[] {
  const policies = ofType(resources, 'AWS::IAM::Policy').map((each) =>
    readProperties(PolicyProperties, each),
  );
  const rolePolicies = ofType(resources, 'AWS::IAM::RolePolicy').map((each) =>
    readProperties(RolePolicyProperties, each),
  );
  return [
    ...policies.filter(({ Roles }) => Roles.includes(role)),
    ...rolePolicies.filter(({ RoleName }) => RoleName === role),
  ].map(({ PolicyName, PolicyDocument }) => ({ name: PolicyName, document: PolicyDocument }));
}

function attachedManagedPolicies(resources: readonly Resource[], role: string): NamedDocument[] {
  return ofType(resources, 'AWS::IAM::ManagedPolicy').flatMap((resource) => {
    const { Roles, PolicyDocument } = readProperties(ManagedPolicyProperties, resource);
    return Roles.includes(role) ? [{ name: resource.ref, document: PolicyDocument }] : [];
  });
}

function managedPolicy(resources: readonly Resource[], arn: string): NamedDocument {
  const own = ofType(resources, 'AWS::IAM::ManagedPolicy').find(({ ref }) => ref === arn);
  if (own) return { name: arn, document: readProperties(ManagedPolicyProperties, own).PolicyDocument };
  const [, name = ''] = /^arn:[^:]+:iam::aws:policy\/(.+)$/.exec(arn) ?? [];
  const document = AWS_MANAGED_POLICIES[name];
  if (document) return { name, document };
  throw new UserError(
    `The local cloud does not know the policy ${arn}. Add it to local/cloud/iam/managed-policies.ts.`,
  );
}

function assertSize(what: string, policies: readonly NamedDocument[], limit: number): void {
  const size = policies
    .map(({ document }) => JSON.stringify(document).replace(/\s/g, '').length)
    .reduce((sum, length) => sum + length, 0);
  if (size > limit) throw new UserError(`IAM allows ${limit} characters, and ${what} have ${size}.`);
}
