import { newId } from '../../id';
import { product } from '../../product/product';
import { isActive } from '../../scim/input/user-rules';
import { evaluateMappings } from '../../scim/mapping/evaluate';
import type { Actor, AuditEvent } from '../../store/audit/audit';
import type { MappedLicense } from '../../store/licenses/license-mapping';
import type { LicenseRecord } from '../../store/licenses/license-record';
import type { LicenseChange, LicenseHolder } from '../../store/licenses/license-write';
import type { MappingState } from '../../store/mappings/mapping-store';
import type { ResourceRecord } from '../../store/resources/resource-record';
import { assumeKeyGrace } from '../licenses/key-grace';
import { activation, ending, licenseOutcome, nextChangeId } from '../licenses/license-change';
import { holderOf } from '../licenses/license-holder';
import { graceOf, hasResult, isHeld, queuedChangeOf, storedHolder } from '../licenses/mapped-license';
import { resultChanges } from './mapping-audit';

/** A user with its license and the mappings of its domain, as they were read. */
export interface EvaluatedState {
  readonly state: MappingState;
  readonly user?: ResourceRecord;
  readonly license?: LicenseRecord;
}

/** The part of the service that changes licenses because of mappings. */
const MAPPINGS_ACTOR: Actor = { kind: 'system', name: 'mappings' };

/** The writes of an evaluation. */
export interface EvaluationPlan {
  readonly user: ResourceRecord;
  readonly holder: LicenseHolder;
  readonly mapped: MappedLicense;
  /** The change of status, if there is one. */
  readonly change?: LicenseChange;
  readonly audit: AuditEvent;
}

export interface EvaluationOptions {
  readonly at: Date;
  readonly keyGraceDays: number;
  /** Whether no seat is free, so that an activation is queued. */
  readonly isQueued?: boolean;
  /** Present if the key is replaced, because it was emailed with this user type. */
  readonly replacesKeyOf?: string;
}

/** Returns what the current mappings give a user. */
export const mappedLicenseOf = ({ record, groups }: MappingState, user: ResourceRecord): MappedLicense => ({
  result: evaluateMappings(record.mappings, user, groups, product),
  mappingsVersion: record.version,
  hasAppliedAdministrator: true,
});

/** Returns what has to be written for a user; undefined if the license is as the mappings say. */
export function planEvaluation(
  { user, license }: EvaluatedState,
  mapped: MappedLicense | undefined,
  options: EvaluationOptions,
): EvaluationPlan | undefined {
  if (!user || !mapped) return undefined;
  const isEntitled = isActive(user.attributes) && mapped.result.license;
  const change = isEntitled === isHeld(license) ? undefined : changeOf(user, license, isEntitled, options);
  const isStored = license && !change && hasResult(license, mapped);
  if (isStored && options.replacesKeyOf === undefined) return undefined;
  const { userType } = mapped.result;
  const holder = license && !isActive(user.attributes) ? storedHolder(license) : holderOf(user.attributes);
  return {
    user,
    holder: { ...holder, userType },
    mapped,
    ...(change && { change }),
    ...(!license && !change && { change: { status: 'inactive' } }),
    audit: auditOf(
      user,
      isStored ? { ...license, userType: options.replacesKeyOf ?? license.userType } : license,
      mapped,
      change,
      options.at,
    ),
  };
}

function changeOf(
  { lastModified }: ResourceRecord,
  license: LicenseRecord | undefined,
  isEntitled: boolean,
  { at, keyGraceDays, isQueued }: EvaluationOptions,
): LicenseChange {
  const changeId = nextChangeId(license);
  if (!isEntitled) return ending(changeId, 'deactivated', queuedChangeOf(license));
  const assumed = assumeKeyGrace(keyGraceDays, at.toISOString(), lastModified);
  return activation(changeId, {
    isQueued,
    ...(assumed && license && { grace: graceOf(license, assumed.cutoff) }),
  });
}

function auditOf(
  { id, attributes }: ResourceRecord,
  license: LicenseRecord | undefined,
  mapped: MappedLicense,
  change: LicenseChange | undefined,
  at: Date,
): AuditEvent {
  const outcome = change && licenseOutcome(change);
  return {
    id: newId(),
    at: at.toISOString(),
    action: 'license.evaluated',
    resourceId: id,
    resourceName: attributes.userName as string,
    actor: MAPPINGS_ACTOR,
    changes: resultChanges(license, mapped),
    ...(outcome && { license: outcome }),
  };
}
