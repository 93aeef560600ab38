import { isDeepStrictEqual } from 'node:util';
import type { EventActor, EventOrganization, EventResource, LicenseData } from '../../events/event';
import type { EventType } from '../../events/event-types';
import { readLicenseItem, type LicenseRecord } from '../../store/licenses/license-record';
import { optionalList, optionalText, text, type Item } from '../../store/table/read-item';
import { facts, type EventFacts, type ItemChange } from './change';

/** A license as events show it. */
interface License {
  readonly record: LicenseRecord;
  readonly organizations: readonly EventOrganization[];
}

/**
 * Returns what a change of a license's item means. A license that was never active or pending begins without
 * an event.
 */
export function licenseFacts({ key, before, after }: ItemChange): EventFacts[] {
  const [old, current] = [before && licenseIn(before), after && licenseIn(after)];
  const common = {
    subject: { type: 'license', id: key.sk } as const,
    ...(old && { before: resource(old) }),
    ...(current && { after: resource(current) }),
  };
  const found: EventFacts[] = [];
  const add = (
    type: LicenseEventType,
    more: { readonly time?: string; readonly actor?: EventActor } = {},
  ) => {
    const data = dataOf(old, current);
    if (data) found.push(facts({ ...common, ...more, type, data }));
  };
  const attributes = old && current ? changedAttributes(old, current) : [];
  const data = dataOf(old, current);
  if (data && attributes.length > 0)
    found.push(facts({ ...common, type: 'license.changed', data: { ...data, attributes } }));
  const wasStatus = old?.record.status ?? 'inactive';
  const status = current?.record.status ?? 'inactive';
  const change = current ? changeDetails(old?.record, current.record) : {};
  if (status !== wasStatus) add(TYPES[status], change);
  else if (status === 'active' && old?.record.activationId !== current?.record.activationId)
    add('license.keyReplaced', change);
  return found;
}

type LicenseEventType = Extract<EventType, `license.${string}`> & keyof DataTypes;
/** The types that have the common data of licenses. */
type DataTypes = Record<
  'license.activated' | 'license.pending' | 'license.ended' | 'license.keyReplaced',
  LicenseData
>;

const TYPES = { active: 'license.activated', pending: 'license.pending', inactive: 'license.ended' } as const;

/** Returns when and by whom a license was changed, if this change says so. */
function changeDetails(
  old: LicenseRecord | undefined,
  { changeId, changedAt, changedBy }: LicenseRecord,
): { time?: string; actor?: EventActor } {
  if (changeId === undefined || changeId === old?.changeId) return {};
  return { ...(changedAt !== undefined && { time: changedAt }), ...(changedBy && { actor: changedBy }) };
}

/** Returns the data of an event. A deleted license is described as it was, and is no longer active. */
function dataOf(old: License | undefined, current: License | undefined): LicenseData | undefined {
  const shown = current ?? old;
  if (!shown) return undefined;
  const { record, organizations } = shown;
  const activationId = activationOf(shown.record);
  const previous = old && activationOf(old.record);
  return {
    userId: record.userId,
    status: current?.record.status ?? 'inactive',
    ...(old && { previousStatus: old.record.status }),
    ...(activationId !== undefined && { activationId }),
    ...(previous !== undefined && previous !== activationId && { previousActivationId: previous }),
    userType: record.userType,
    organizations,
    ...(record.reason !== undefined && { reason: record.reason }),
  };
}

/** An ended license keeps the activation of its key for a while. */
const activationOf = ({ activationId, keptActivationId }: LicenseRecord): string | undefined =>
  activationId ?? keptActivationId;

function changedAttributes(old: License, current: License): string[] {
  return [
    ...(old.record.userType === current.record.userType ? [] : ['userType']),
    ...(isDeepStrictEqual(old.organizations, current.organizations) ? [] : ['organizations']),
  ];
}

const licenseIn = (item: Item): License => ({
  record: readLicenseItem(item),
  organizations: optionalList(item, 'organizations', readOrganization) ?? [],
});

function readOrganization(item: Item): EventOrganization {
  const role = optionalText(item, 'role');
  return { organization: text(item, 'organization'), ...(role !== undefined && { role }) };
}

/** Returns a license without anything that its key is derived from. */
const resource = ({ record, organizations }: License): EventResource => {
  const { status, userType, userName, email, name, language, reason, changedAt } = record;
  return { status, userType, organizations, userName, email, name, language, reason, changedAt };
};
