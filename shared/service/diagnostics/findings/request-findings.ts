import {
  type IgnoredAttribute,
  type UnknownMembers,
  type DiagnosticsPage,
  type RefusedRequests,
  TOKEN_ROUTE,
} from '../../../store/diagnostics/diagnostic';
import { type ConnectionNames, senderDetail, sendersOf } from '../connection-names';
import { draftFinding, type FindingDetail, type FindingDraft } from '../finding';
import { distinctAttributes } from '../wording';

const NO_NAMES: ConnectionNames = new Map();
/** Several connections may name the same resource. */
const resourcesOf = (entries: readonly UnknownMembers[]): number =>
  new Set(entries.map(({ resourceId }) => resourceId)).size;
const sum = (counts: readonly { readonly count: number }[]): number =>
  counts.reduce((total, { count }) => total + count, 0);
const byCount = (one: { readonly count: number }, other: { readonly count: number }): number =>
  other.count - one.count;

/**
 * Reports requests of the last day that were refused, grouped by error and client. A list with too many
 * resources has its own finding, because the request itself is valid.
 */
export function refusedFindings(
  { entries, more }: DiagnosticsPage<RefusedRequests>,
  names: ConnectionNames = NO_NAMES,
): FindingDraft[] {
  const ofKind = (kind: RefusalKind) => ({ entries: entries.filter((each) => kindOf(each) === kind), more });
  return [
    ...invalidFindings(ofKind('invalid'), names),
    ...tooBroadFindings(ofKind('tooBroad'), names),
    ...tokenFindings(ofKind('token'), names),
  ];
}

type RefusalKind = 'invalid' | 'tooBroad' | 'token';

function kindOf({ scimType, route }: RefusedRequests): RefusalKind {
  if (route === TOKEN_ROUTE) return 'token';
  return scimType === 'tooMany' && !route.includes('{id}') ? 'tooBroad' : 'invalid';
}

function tokenFindings(refused: DiagnosticsPage<RefusedRequests>, names: ConnectionNames): FindingDraft[] {
  if (refused.entries.length === 0) return [];
  const kinds = groupByKind(refused.entries);
  return [
    draftFinding(
      'tokens-refused',
      'warning',
      requestFacts(kinds, refused, names),
      kinds.map(({ count, status, connectionId, lastAt, detail }) => ({
        requests: count,
        status,
        ...senderDetail({ connectionId }, names),
        lastAt,
        detail,
      })),
    ),
  ];
}

function invalidFindings(refused: DiagnosticsPage<RefusedRequests>, names: ConnectionNames): FindingDraft[] {
  if (refused.entries.length === 0) return [];
  const kinds = groupByKind(refused.entries);
  return [
    draftFinding(
      'requests-refused',
      'warning',
      {
        ...requestFacts(kinds, refused, names),
        kinds: kinds.map((kind) => ({
          request: requestOf(kind),
          error: `${kind.status}${kind.scimType ? ` ${kind.scimType}` : ''}`,
        })),
      },
      kinds.map((kind) => refusalDetail(kind, names)),
    ),
  ];
}

function tooBroadFindings(refused: DiagnosticsPage<RefusedRequests>, names: ConnectionNames): FindingDraft[] {
  if (refused.entries.length === 0) return [];
  const kinds = groupByKind(refused.entries);
  return [
    draftFinding(
      'filters-too-broad',
      'warning',
      { ...requestFacts(kinds, refused, names), kinds: kinds.map(requestOf) },
      kinds.map((kind) => refusalDetail(kind, names)),
    ),
  ];
}

const requestFacts = (
  kinds: readonly RefusedRequests[],
  { more }: DiagnosticsPage<unknown>,
  names: ConnectionNames,
) => ({ requests: { number: sum(kinds), atLeast: more }, senders: sendersOf(kinds, names) });

const requestOf = ({ count, method, route }: RefusedRequests): string => `${count} × ${method} ${route}`;

const groupByKind = (refused: readonly RefusedRequests[]): RefusedRequests[] =>
  mergeKinds(refused, ({ method, route, status, scimType = '', userAgent = '', connectionId = '' }) =>
    JSON.stringify([method, route, status, scimType, userAgent, connectionId]),
  ).sort(byCount);

/** Adds up entries of the same kind from different hours. The text of the newest entry is kept. */
function mergeKinds(
  entries: readonly RefusedRequests[],
  kindOf: (refused: RefusedRequests) => string,
): RefusedRequests[] {
  const kinds = new Map<string, RefusedRequests>();
  for (const entry of [...entries].sort((one, other) => (one.lastAt < other.lastAt ? -1 : 1))) {
    const before = kinds.get(kindOf(entry))?.count ?? 0;
    kinds.set(kindOf(entry), { ...entry, count: before + entry.count });
  }
  return [...kinds.values()];
}

const refusalDetail = (refused: RefusedRequests, names: ConnectionNames): FindingDetail => ({
  requests: refused.count,
  method: refused.method,
  route: refused.route,
  status: refused.status,
  scimType: refused.scimType ?? null,
  userAgent: refused.userAgent ?? null,
  ...senderDetail(refused, names),
  lastAt: refused.lastAt,
  detail: refused.detail,
});

/**
 * Reports attributes and schemas that clients send and the service does not store. Values that could not be
 * read are skipped only in requests that leave a user inactive.
 */
export function ignoredFindings(
  ignored: DiagnosticsPage<IgnoredAttribute>,
  names: ConnectionNames = NO_NAMES,
): FindingDraft[] {
  if (ignored.entries.length === 0) return [];
  const sent = [...ignored.entries].sort((one, other) => (one.lastAt > other.lastAt ? -1 : 1));
  return [
    draftFinding(
      'attributes-ignored',
      'info',
      {
        attributes: distinctAttributes(
          sent.map(({ attribute, resourceType }) => ({ attribute, resourceTypes: [resourceType] })),
        ),
        atLeast: ignored.more,
        senders: sendersOf(sent, names),
      },
      sent.map(({ resourceType, attribute, reason, userAgent, connectionId, lastAt }) => ({
        resourceType,
        attribute,
        ...(reason !== undefined && { reason }),
        userAgent: userAgent ?? null,
        ...senderDetail({ connectionId }, names),
        lastAt,
      })),
    ),
  ];
}

/** Reports members that identify no user, and groups of users that do not exist. */
export function unknownMemberFindings(
  unknownMembers: DiagnosticsPage<UnknownMembers>,
  names: ConnectionNames = NO_NAMES,
): FindingDraft[] {
  if (unknownMembers.entries.length === 0) return [];
  const resources = [...unknownMembers.entries].sort(byCount);
  const groups = resources.filter(({ attribute }) => attribute === 'members');
  const users = resources.filter(({ attribute }) => attribute === 'groups');
  return [
    draftFinding(
      'members-left-out',
      'warning',
      {
        atLeast: unknownMembers.more,
        members: sum(groups),
        groups: resourcesOf(groups),
        groupsOfUsers: sum(users),
        users: resourcesOf(users),
        senders: sendersOf(resources, names),
      },
      resources.map(({ attribute, resourceId, count, example, connectionId, lastAt }) => ({
        [attribute === 'members' ? 'groupId' : 'userId']: resourceId,
        leftOut: count,
        example,
        ...senderDetail({ connectionId }, names),
        lastAt,
      })),
    ),
  ];
}
