import type {
  IgnoredAttribute,
  UnknownMembers,
  DiagnosticsPage,
  RefusedRequests,
} from '../../store/diagnostics/diagnostic';
import type { FindingDetail, FindingDraft } from './finding';
import { pluralize, joinNames } from './wording';

const atLeast = ({ more }: DiagnosticsPage<unknown>): string => (more ? 'At least ' : '');
const sum = (counts: readonly { readonly count: number }[]): number =>
  counts.reduce((total, { count }) => total + count, 0);
const byCount = (one: { readonly count: number }, other: { readonly count: number }): number =>
  other.count - one.count;

/**
 * Reports requests of the last day that were refused, grouped by error and client. A list with too many
 * resources has its own finding, because the request itself is valid.
 */
export function refusedFindings({ entries, more }: DiagnosticsPage<RefusedRequests>): FindingDraft[] {
  const isTooBroad = ({ scimType, route }: RefusedRequests): boolean =>
    scimType === 'tooMany' && !route.includes('{id}');
  return [
    ...invalidFindings({ entries: entries.filter((refused) => !isTooBroad(refused)), more }),
    ...tooBroadFindings({ entries: entries.filter(isTooBroad), more }),
  ];
}

function invalidFindings(refused: DiagnosticsPage<RefusedRequests>): FindingDraft[] {
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
        `${joinNames(kinds.map(describe))}.`,
      action:
        'Administrator of the identity provider: the details show the latest error of each client. ' +
        'Correct the attribute mapping or the data accordingly.',
      details: kinds.map(refusalDetail),
    },
  ];
}

function tooBroadFindings(refused: DiagnosticsPage<RefusedRequests>): FindingDraft[] {
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
        `${joinNames(kinds.map(({ count, method, route }) => `${count} × ${method} ${route}`))}.`,
      action:
        'Administrator of the identity provider: match users by userName, externalId or id, and groups by ' +
        'displayName, externalId or id. A script can page by cursor.',
      details: kinds.map(refusalDetail),
    },
  ];
}

const groupByKind = (refused: readonly RefusedRequests[]): RefusedRequests[] =>
  mergeKinds(refused, ({ method, route, status, scimType = '', userAgent = '' }) =>
    JSON.stringify([method, route, status, scimType, userAgent]),
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

const refusalDetail = (refused: RefusedRequests): FindingDetail => ({
  requests: refused.count,
  method: refused.method,
  route: refused.route,
  status: refused.status,
  scimType: refused.scimType ?? null,
  userAgent: refused.userAgent ?? null,
  lastAt: refused.lastAt,
  detail: refused.detail,
});

/**
 * Reports attributes and schemas that clients send and the service does not store. Values that could not be
 * read are skipped only in requests that leave a user inactive.
 */
export function ignoredFindings(ignored: DiagnosticsPage<IgnoredAttribute>): FindingDraft[] {
  if (ignored.entries.length === 0) return [];
  const attributes = [...ignored.entries].sort((one, other) => (one.lastAt > other.lastAt ? -1 : 1));
  return [
    {
      code: 'attributes-ignored',
      severity: 'info',
      found:
        `${atLeast(ignored)}${pluralize(attributes.length, 'attribute is', 'attributes are')} sent but ` +
        'not stored: ' +
        `${joinNames(attributes.map(({ attribute, resourceType }) => `${attribute} of a ${resourceType}`))}.`,
      action:
        'Administrator of the identity provider: remove the attribute from the mapping, or map it to one ' +
        'that /Schemas lists. If a detail has a reason, correct the value.',
      details: attributes.map(({ resourceType, attribute, reason, userAgent, lastAt }) => ({
        resourceType,
        attribute,
        ...(reason !== undefined && { reason }),
        userAgent: userAgent ?? null,
        lastAt,
      })),
    },
  ];
}

/** Reports members that identify no user, and groups of users that do not exist. */
export function unknownMemberFindings(unknownMembers: DiagnosticsPage<UnknownMembers>): FindingDraft[] {
  if (unknownMembers.entries.length === 0) return [];
  const resources = [...unknownMembers.entries].sort(byCount);
  const groups = resources.filter(({ attribute }) => attribute === 'members');
  const users = resources.filter(({ attribute }) => attribute === 'groups');
  const parts = [
    ...(groups.length > 0
      ? [`${pluralize(sum(groups), 'member')} of ${pluralize(groups.length, 'group')}`]
      : []),
    ...(users.length > 0 ? [`${pluralize(sum(users), 'group')} of ${pluralize(users.length, 'user')}`] : []),
  ];
  return [
    {
      code: 'members-left-out',
      severity: 'warning',
      found:
        `${atLeast(unknownMembers)}${parts.join(' and ')} ${sum(resources) === 1 ? 'was' : 'were'} ` +
        'skipped in the last 7 days, ' +
        'because no resource has the id that was sent.',
      action:
        'Administrator of the identity provider: assign these users to the application in addition to ' +
        'their group, and push the group again.',
      details: resources.map(({ attribute, resourceId, count, example, lastAt }) => ({
        [attribute === 'members' ? 'groupId' : 'userId']: resourceId,
        leftOut: count,
        example,
        lastAt,
      })),
    },
  ];
}
