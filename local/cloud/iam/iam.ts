import type { Caller } from '../callers';
import { ACCOUNT, PARTITION, REGION } from '../template/account';
import type { Resource } from '../template/resources';
import { UserError } from '../../host/user-error';
import { AccessDenied, type Reason } from './access-denied';
import type { Context } from './condition-keys';
import { decide } from './decision';
import type { Permission } from './permission';
import { ResourcePolicies } from './resource-policies';
import { type Role, roleFromTemplate } from './role-policies';
import type { Usage, Use } from './usage';

/** A service of AWS that acts for a resource, for example EventBridge for a rule. */
export interface ServiceCaller {
  /** An example is `events.amazonaws.com`. */
  readonly service: string;
  readonly sourceArn: string;
}

/**
 * Decides what the roles of functions and the services of the cloud may do, by the policies of the template.
 */
export class Iam {
  private resources: readonly Resource[] = [];
  private policies = new ResourcePolicies([]);
  private readonly roles = new Map<string, Role>();

  constructor(private readonly usage: Usage) {}

  /** Reads the policies. Throws a `UserError` if the policy of a resource is not supported. */
  load(resources: readonly Resource[]): void {
    this.resources = resources;
    this.policies = new ResourcePolicies(resources);
    this.roles.clear();
  }

  /**
   * Returns the role of a function. Throws a `UserError` if Lambda could not assume it, or if one of its
   * policies is not supported.
   */
  roleOf(functionName: string, roleArn: string): Role {
    const role = this.roles.get(roleArn) ?? roleFromTemplate(this.resources, roleArn);
    this.roles.set(roleArn, role);
    const lambda = role.trust.filter(({ source: { Principal } }) => isLambda(Principal));
    if (decide(lambda, { action: 'sts:AssumeRole', resource: roleArn }) !== 'allow')
      throw new UserError(
        `${functionName}: The role defined for the function cannot be assumed by Lambda (${role.name}).`,
      );
    return role;
  }

  /** Throws `AccessDenied` unless the caller may do this. Programs of this machine may do everything. */
  authorize({ name, role }: Caller, permission: Permission): void {
    if (!role) return;
    const complete = withGlobalKeys(permission, { 'aws:PrincipalArn': role.arn });
    const sessionArn = `arn:${PARTITION}:sts::${ACCOUNT}:assumed-role/${role.name}/${name}`;
    const refusal = this.refusalOf(role, sessionArn, complete);
    const denied = refusal && new AccessDenied(sessionArn, permission, refusal);
    this.usage.record(name, permission, denied?.message);
    if (denied) throw denied;
  }

  /** Returns what functions have done and tried. */
  uses(): readonly Use[] {
    return this.usage.all();
  }

  /** Returns whether the caller may do this. */
  isAllowed(caller: Caller, permission: Permission): boolean {
    try {
      this.authorize(caller, permission);
      return true;
    } catch (error) {
      if (error instanceof AccessDenied) return false;
      throw error;
    }
  }

  /**
   * Returns whether the policy of a resource lets a service do this. `policyOf` names the resource with the
   * policy, for example the bucket of an object.
   */
  allowsService({ service, sourceArn }: ServiceCaller, permission: Permission, policyOf?: string): boolean {
    const source: Context = { 'aws:SourceArn': sourceArn, 'aws:SourceAccount': ACCOUNT };
    return this.policies.decide({ service }, withGlobalKeys(permission, source), policyOf) === 'allow';
  }

  private refusalOf(role: Role, sessionArn: string, permission: Permission): Reason | undefined {
    const byIdentity = decide(role.statements, permission);
    if (byIdentity === 'deny') return 'identity-deny';
    const byResource = this.policies.decide({ roleArn: role.arn, sessionArn }, permission);
    if (byResource === 'deny') return 'resource-deny';
    if (role.boundary) {
      const byBoundary = decide(role.boundary, permission);
      if (byBoundary === 'deny') return 'identity-deny';
      if (byIdentity === 'allow' && byBoundary === 'none') return 'no-boundary';
    }
    if (byResource === 'allow') return undefined;
    if (byIdentity !== 'allow') return 'no-identity-policy';
    // The policies of roles count for a key only as far as its own policy says so.
    const isKey = permission.resource.startsWith(`arn:${PARTITION}:kms:`);
    return isKey && !this.policies.delegates(permission) ? 'no-resource-policy' : undefined;
  }
}

/** Requests on this machine have no TLS. Policies that require it would refuse them all. */
const withGlobalKeys = (permission: Permission, context: Context): Permission => ({
  ...permission,
  context: {
    'aws:RequestedRegion': REGION,
    'aws:SecureTransport': 'true',
    ...context,
    ...permission.context,
  },
});

function isLambda(principal: Role['trust'][number]['source']['Principal']): boolean {
  if (principal === undefined || principal === '*') return principal === '*';
  return (principal.Service ?? []).includes('lambda.amazonaws.com');
}
