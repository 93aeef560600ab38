import {
  type IgnoredAttribute,
  type UnknownMembers,
  type DiagnosticsPage,
  type RefusedRequests,
  TOKEN_ROUTE,
} from '../../../store/diagnostics/diagnostic';
import { type ConnectionNames, senderDetail, sentBy } from '../connection-names';
import type { FindingDetail, FindingDraft } from '../finding';
import { pluralize, joinNames } from '../wording';

const atLeast = ({ more }: DiagnosticsPage<unknown>): string => (more ? 'At least ' : '');
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
  const total = sum(kinds);
  return [
    {
      code: 'tokens-refused',
      severity: 'warning',
      found:
        `${atLeast(refused)}${pluralize(total, 'token request')} of the last 24 hours ` +
        `${total === 1 ? 'was' : 'were'} refused.${sentBy(kinds, names)}`,
      action:
        'Administrator of the identity provider: the details show which check failed. Compare the client id, the ' +
        'secret, or the trust of the connection with the settings of the identity provider.',
      details: kinds.map(({ count, status, connectionId, lastAt, detail }) => ({
        requests: count,
        status,
        ...senderDetail({ connectionId }, names),
        lastAt,
        detail,
      })),
    },
  ];
}

function invalidFindings(refused: DiagnosticsPage<RefusedRequests>, names: ConnectionNames): FindingDraft[] {
  if (refused.entries.length === 0) return [];
  const kinds = groupByKind(refused.entries);
  const describe = ({ count, method, route, status, scimType }: RefusedRequests): string =>
    `${count} × ${method} ${route} with ${status}${scimType ? ` ${scimType}` : ''}`;
  const total = sum(kinds);
  return [
    {
      code: 'requests-refused',
      severity: 'warning',
      found:
        `${atLeast(refused)}${pluralize(total, 'request')} of the last 24 hours ` +
        `${total === 1 ? 'was' : 'were'} refused as invalid: ` +
        `${joinNames(kinds.map(describe))}.${sentBy(kinds, names)}`,
      action:
        'Administrator of the identity provider: the details show the latest error of each client. ' +
        'Correct the attribute mapping or the data accordingly.',
      details: kinds.map((refused) => refusalDetail(refused, names)),
    },
  ];
}

function tooBroadFindings(refused: DiagnosticsPage<RefusedRequests>, names: ConnectionNames): FindingDraft[] {
  if (refused.entries.length === 0) return [];
  const kinds = groupByKind(refused.entries);
  const total = sum(kinds);
  return [
    {
      code: 'filters-too-broad',
      severity: 'warning',
      found:
        `${atLeast(refused)}${pluralize(total, 'list request')} of the last 24 hours ` +
        `${total === 1 ? 'was' : 'were'} refused because too many resources would have to be examined or returned: ` +
        `${joinNames(kinds.map(({ count, method, route }) => `${count} × ${method} ${route}`))}.${sentBy(kinds, names)}`,
      action:
        'Administrator of the identity provider: match users by userName, externalId or id, and groups by ' +
        'displayName, externalId or id. A script can page by cursor.',
      details: kinds.map((refused) => refusalDetail(refused, names)),
    },
  ];
}

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
  const attributes = [
    ...new Set(sent.map(({ attribute, resourceType }) => `${attribute} of a ${resourceType}`)),
  ];
  return [
    {
      code: 'attributes-ignored',
      severity: 'info',
      found:
        `${atLeast(ignored)}${pluralize(attributes.length, 'attribute is', 'attributes are')} sent but ` +
        'not stored: ' +
        `${joinNames(attributes)}.${sentBy(sent, names)}`,
      action:
        'Administrator of the identity provider: remove the attribute from the mapping, or map it to one ' +
        'that /Schemas lists. If a detail has a reason, correct the value.',
      details: sent.map(({ resourceType, attribute, reason, userAgent, connectionId, lastAt }) => ({
        resourceType,
        attribute,
        ...(reason !== undefined && { reason }),
        userAgent: userAgent ?? null,
        ...senderDetail({ connectionId }, names),
        lastAt,
      })),
    },
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
  const parts = [
    ...(groups.length > 0
      ? [`${pluralize(sum(groups), 'member')} of ${pluralize(resourcesOf(groups), 'group')}`]
      : []),
    ...(users.length > 0
      ? [`${pluralize(sum(users), 'group')} of ${pluralize(resourcesOf(users), 'user')}`]
      : []),
  ];
  return [
    {
      code: 'members-left-out',
      severity: 'warning',
      found:
        `${atLeast(unknownMembers)}${parts.join(' and ')} ${sum(resources) === 1 ? 'was' : 'were'} ` +
        'skipped in the last 7 days, ' +
        `because no resource has the id that was sent.${sentBy(resources, names)}`,
      action:
        'Administrator of the identity provider: assign these users to the application in addition to ' +
        'their group, and push the group again.',
      details: resources.map(({ attribute, resourceId, count, example, connectionId, lastAt }) => ({
        [attribute === 'members' ? 'groupId' : 'userId']: resourceId,
        leftOut: count,
        example,
        ...senderDetail({ connectionId }, names),
        lastAt,
      })),
    },
  ];
}
