import { withoutEmailMark } from '../../../shared/scim/derived-email';
import { userResourceType } from '../../../shared/product/product';
import { withDefaults } from '../../../shared/scim/output/representation';
import { isDeepStrictEqual } from 'node:util';
import { isAttributes, type Json } from '../../../shared/scim/resource';
import type { AuditEvent } from '../../../shared/store/audit/audit';
import type { LicenseStatus } from '../../../shared/store/licenses/license-record';
import type { ResourceRecord } from '../../../shared/store/resources/resource-record';

/** Returns the license status that the events of a user lead to, or a text if they are contradictory. */
export function licenseStatusFromEvents(events: readonly AuditEvent[]): string {
  let active = 0;
  let waiting = 0;
  for (const { action, license } of events) {
    if (license === 'activated') active++;
    if (license === 'deactivated') active--;
    if (license === 'pending') waiting++;
    if (license === 'withdrawn' || action === 'license.promoted') waiting--;
  }
  const statuses: Record<string, LicenseStatus> = { '0 0': 'inactive', '1 0': 'active', '0 1': 'pending' };
  return statuses[`${active} ${waiting}`] ?? `${active} times active and ${waiting} times pending`;
}

/** Counts how often a change of a group added or removed each user. */
export function groupChangesPerUser(audit: readonly AuditEvent[]): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  for (const { action, changes = [] } of audit) {
    if (!action.startsWith('group.')) continue;
    for (const { attribute, before, after } of changes) {
      if (attribute !== 'members') continue;
      for (const id of [...((before ?? []) as string[]), ...((after ?? []) as string[])])
        times.set(id, (times.get(id) ?? 0) + 1);
    }
  }
  return times;
}

/** Checks that each change increments the version, including changes by groups and sweeps. */
export const versionProblems = ({ id, version }: ResourceRecord, changes: number): string[] =>
  version === changes ? [] : [`user ${id} is at version ${version} after ${changes} changes`];

/** Checks that each attribute has the value of the last event that changed it. */
export function lastValueProblems(
  {
    id,
    attributes,
    managedBy = 'connection',
  }: Pick<ResourceRecord, 'id' | 'attributes'> & {
    readonly managedBy?: string;
  },
  events: readonly AuditEvent[],
): string[] {
  const last = new Map(
    events
      .filter(({ action }) => action === 'user.updated')
      .flatMap(({ changes = [] }) => changes)
      .filter(({ attribute }) => attribute !== 'groups')
      .map(({ attribute, after }) => [attribute, after] as const),
  );
  // Events of version 0.1.0 contain the default user type, which is not an attribute of the user.
  // The manager is no attribute of the user, but events record its changes.
  const shown = { ...withDefaults(userResourceType, withoutEmailMark(attributes)), managedBy };
  const defaults = withDefaults(userResourceType, {});
  const isLast = ([attribute, after]: readonly [string, Json | undefined]): boolean =>
    isDeepStrictEqual(attributeValue(shown, attribute), after ?? attributeValue(defaults, attribute));
  return [...last]
    .filter((change) => !isLast(change))
    .map(([attribute]) => `user ${id}: ${attribute} is not the value of its last change`);
}

/** Returns the value of an attribute. `<urn>:<name>` is an attribute of an extension. */
function attributeValue(attributes: ResourceRecord['attributes'], attribute: string): Json | undefined {
  if (!attribute.startsWith('urn:')) return attributes[attribute];
  const colon = attribute.lastIndexOf(':');
  const extension = attributes[attribute.slice(0, colon)];
  return isAttributes(extension) ? extension[attribute.slice(colon + 1)] : undefined;
}
