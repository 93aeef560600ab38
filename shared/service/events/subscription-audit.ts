import { newId } from '../../id';
import type { Actor, AttributeChange, AuditAction, AuditEvent } from '../../store/audit/audit';
import type { Subscription } from '../../store/events/subscription';

/** Returns the attribute of a subscription in the form of audit events, which have no secrets. */
export function shownValue(
  subscription: Partial<Subscription>,
  attribute: string,
): string | string[] | undefined {
  if (attribute === 'authorization') return subscription.authorization && 'hidden';
  const value = subscription[attribute as keyof Subscription];
  return Array.isArray(value) ? [...(value as string[])] : (value as string | undefined);
}

/** Returns the audit event of a change of a subscription. */
export const subscriptionAudit = (
  action: AuditAction,
  { subscriptionId, name }: Pick<Subscription, 'subscriptionId' | 'name'>,
  actor: Actor,
  at: Date,
  changes: readonly AttributeChange[],
): AuditEvent => ({
  id: newId(at),
  at: at.toISOString(),
  action,
  resourceId: subscriptionId,
  resourceName: name,
  actor,
  ...(changes.length > 0 && { changes }),
});
