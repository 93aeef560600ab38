import { newId } from '../../id';
import type { Actor, AttributeChange, AuditAction, AuditEvent } from '../../store/audit/audit';
import type { Administrator } from '../../store/administrators/administrator';

type AdministratorAction = Extract<AuditAction, `administrator.${string}`>;

/**
 * Returns the audit event of a change of an administrator or an invitation. Unchanged attributes are left
 * out.
 */
export const administratorEvent = (
  action: AdministratorAction,
  resource: { readonly id: string; readonly name?: string },
  actor: Actor,
  at: Date,
  changes: readonly AttributeChange[],
): AuditEvent => ({
  id: newId(),
  at: at.toISOString(),
  action,
  resourceId: resource.id,
  ...(resource.name !== undefined && { resourceName: resource.name }),
  actor,
  changes: changes.filter(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after)),
});

/** Returns the text by which lists and audit events name an administrator. */
export const administratorName = ({ administratorId, email, name }: Administrator): string =>
  email ?? name ?? administratorId;

/** An empty list is an unset setting. */
export const addressesChange = (before: readonly string[], after: readonly string[]): AttributeChange => ({
  attribute: 'notifyAddresses',
  ...(before.length > 0 && { before: [...before] }),
  ...(after.length > 0 && { after: [...after] }),
});
