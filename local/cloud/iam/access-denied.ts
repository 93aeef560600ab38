import type { Permission } from './permission';

/** Explains a refusal with the words that AWS uses. */
export type Reason =
  'no-identity-policy' | 'no-resource-policy' | 'identity-deny' | 'resource-deny' | 'no-boundary';

/** IAM refused a request. Each service reports it in its own format. */
export class AccessDenied extends Error {
  override readonly name = 'AccessDenied';

  constructor(
    /** The ARN of the caller's session. */
    readonly principalArn: string,
    readonly permission: Pick<Permission, 'action' | 'resource'>,
    readonly reason: Reason,
  ) {
    super(accessDeniedText(principalArn, permission, reason));
  }
}

/** Returns the text of most services (IAM User Guide, "Troubleshoot access denied error messages"). */
function accessDeniedText(
  principalArn: string,
  { action, resource }: Pick<Permission, 'action' | 'resource'>,
  reason: Reason,
): string {
  return (
    `User: ${principalArn} is not authorized to perform: ${action} on resource: ${resource} ` +
    REASONS[reason](action)
  );
}

const REASONS: Readonly<Record<Reason, (action: string) => string>> = {
  'no-identity-policy': (action) => `because no identity-based policy allows the ${action} action`,
  'no-resource-policy': (action) => `because no resource-based policy allows the ${action} action`,
  'no-boundary': (action) => `because no permissions boundary allows the ${action} action`,
  'identity-deny': () => 'with an explicit deny in an identity-based policy',
  'resource-deny': () => 'with an explicit deny in a resource-based policy',
};
