import type { MappedGroup, Mapping, MappingSource, MappingTarget } from '../../scim/mapping/mapping';
import { MAPPED_GROUP_PREFIX } from '../table/keys';
import {
  flag,
  keyOf,
  map,
  number,
  oneOf,
  optionalFlag,
  optionalList,
  optionalText,
  text,
  texts,
  type Item,
} from '../table/read-item';

/** An organization of the product, and the roles that users can have in it. */
export interface Organization {
  readonly name: string;
  readonly roles: readonly string[];
}

/** The mappings of a domain as they are stored. */
export interface MappingsRecord {
  readonly mappings: readonly Mapping[];
  readonly organizations: readonly Organization[];
  /** The number of changes by administrators. */
  readonly version: number;
  /** The number of changes of the mappings and of the groups that they name. Results depend on it. */
  readonly revision: number;
  /** RFC 3339, UTC. */
  readonly changedAt: string;
  /** Present while the stored groups that mappings name may be incomplete, because the mappings are new. */
  readonly findsGroups?: true;
}

const PHASES = ['groups', 'users', 'finished'] as const;

/** The progress of the evaluation of all users of a domain. */
export interface EvaluationRecord {
  /** The version of the mappings. */
  readonly version: number;
  /** The groups that mappings name are found first. */
  readonly phase: (typeof PHASES)[number];
  /** The last group or user that is done in this phase. */
  readonly after?: string;
  /** The number of users that are done. */
  readonly done: number;
  readonly total: number;
  /** RFC 3339, UTC. */
  readonly startedAt: string;
  /** The time of the last progress. At first, it is that of the start. */
  readonly advancedAt: string;
  readonly finishedAt?: string;
}

/**
 * Returns an evaluation that starts at a time, in RFC 3339. The stream runs it because no other one has this
 * start.
 */
export const startEvaluation = (
  { version }: Pick<MappingsRecord, 'version'>,
  total: number,
  at: string,
): EvaluationRecord => ({ version, phase: 'groups', done: 0, total, startedAt: at, advancedAt: at });

/** An evaluation that makes no progress for this time has stopped, in milliseconds. */
const STOPPED_MS = 15 * 60_000;

/**
 * Returns whether an evaluation has stopped before its end. Its message is lost if the table was restored
 * from a backup.
 */
export const hasStopped = ({ phase, advancedAt }: EvaluationRecord, now: Date): boolean =>
  phase !== 'finished' && Date.parse(advancedAt) < now.getTime() - STOPPED_MS;

export const readMappingsItem = (item: Item): MappingsRecord => ({
  mappings: optionalList(item, 'mappings', readMapping) ?? [],
  organizations: optionalList(item, 'organizations', readOrganization) ?? [],
  version: number(item, 'version'),
  revision: number(item, 'revision'),
  changedAt: text(item, 'changedAt'),
  ...(optionalFlag(item, 'findsGroups') && { findsGroups: true }),
});

export const readEvaluationItem = (item: Item): EvaluationRecord => {
  const after = optionalText(item, 'after');
  const startedAt = text(item, 'startedAt');
  const finishedAt = optionalText(item, 'finishedAt');
  return {
    version: number(item, 'version'),
    phase: oneOf(item, 'phase', PHASES),
    ...(after !== undefined && { after }),
    done: number(item, 'done'),
    total: number(item, 'total'),
    startedAt,
    // The former version did not store it.
    advancedAt: optionalText(item, 'advancedAt') ?? startedAt,
    ...(finishedAt !== undefined && { finishedAt }),
  };
};

export const readMappedGroupItem = (item: Item): MappedGroup => {
  const externalId = optionalText(item, 'externalId');
  return {
    groupId: keyOf(item).sk.slice(MAPPED_GROUP_PREFIX.length),
    displayName: text(item, 'displayName'),
    ...(externalId !== undefined && { externalId }),
  };
};

const readOrganization = (item: Item): Organization => ({
  name: text(item, 'name'),
  roles: texts(item, 'roles'),
});

const readMapping = (item: Item): Mapping => ({
  id: text(item, 'id'),
  from: map(item, 'from', readSource),
  to: map(item, 'to', readTarget),
});

function readSource(item: Item): MappingSource {
  const kind = oneOf(item, 'kind', ['group', 'role', 'entitlement', 'attribute']);
  const value = text(item, 'value');
  switch (kind) {
    case 'group':
      return { kind, by: oneOf(item, 'by', ['id', 'externalId', 'displayName']), value };
    case 'attribute':
      return { kind, path: text(item, 'path'), value };
    default:
      return { kind, value };
  }
}

function readTarget(item: Item): MappingTarget {
  const kind = oneOf(item, 'kind', ['userType', 'organization', 'administrator', 'noLicense']);
  switch (kind) {
    case 'userType':
      return { kind, userType: text(item, 'userType') };
    case 'organization':
      return { kind, organization: text(item, 'organization'), role: text(item, 'role') };
    case 'administrator':
      return { kind, role: oneOf(item, 'role', ['owner', 'viewer']), license: flag(item, 'license') };
    case 'noLicense':
      return { kind };
  }
}
