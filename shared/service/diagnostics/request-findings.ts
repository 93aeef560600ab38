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

/** Requests of the last day that were refused as invalid, by what was wrong with them and by whom they were sent. */
export function refusedFindings(refused: DiagnosticsPage<RefusedRequests>): FindingDraft[] {
  if (refused.entries.length === 0) return [];
  const kinds = mergeKinds(refused.entries, ({ method, route, status, scimType = '', userAgent = '' }) =>
    JSON.stringify([method, route, status, scimType, userAgent]),
  ).sort(byCount);
  const said = ({ count, method, route, status, scimType }: RefusedRequests): string =>
    `${count} × ${method} ${route} with ${status}${scimType ? ` ${scimType}` : ''}`;
  const total = sum(kinds);
  return [
    {
      code: 'requests-refused',
      severity: 'warning',
      found:
        `${atLeast(refused)}${pluralize(total, 'request')} of the last 24 hours ${total === 1 ? 'was' : 'were'} refused as invalid: ` +
        `${joinNames(kinds.map(said))}.`,
      action:
        'Administrator of the identity provider: the details have what each client was told last, and so what to change in its attribute mapping or its data.',
      details: kinds.map(refusalDetail),
    },
  ];
}

/** Of the same kind in several hours. The newest comes last, so that its words stand. */
function mergeKinds(
  notices: readonly RefusedRequests[],
  kindOf: (refused: RefusedRequests) => string,
): RefusedRequests[] {
  const kinds = new Map<string, RefusedRequests>();
  for (const notice of [...notices].sort((one, other) => (one.lastAt < other.lastAt ? -1 : 1))) {
    const before = kinds.get(kindOf(notice))?.count ?? 0;
    kinds.set(kindOf(notice), { ...notice, count: before + notice.count });
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

/** Attributes and schemas that clients send in vain. */
export function ignoredFindings(ignored: DiagnosticsPage<IgnoredAttribute>): FindingDraft[] {
  if (ignored.entries.length === 0) return [];
  const attributes = [...ignored.entries].sort((one, other) => (one.lastAt > other.lastAt ? -1 : 1));
  return [
    {
      code: 'attributes-ignored',
      severity: 'info',
      found:
        `${atLeast(ignored)}${pluralize(attributes.length, 'attribute is', 'attributes are')} sent and not kept: ` +
        `${joinNames(attributes.map(({ attribute, resourceType }) => `${attribute} of a ${resourceType}`))}.`,
      action:
        'Administrator of the identity provider: take the attribute out of the mapping, or map it to one that /Schemas lists.',
      details: attributes.map(({ resourceType, attribute, userAgent, lastAt }) => ({
        resourceType,
        attribute,
        userAgent: userAgent ?? null,
        lastAt,
      })),
    },
  ];
}

/** Members that name no user, and groups of users that there are not. */
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
        `${atLeast(unknownMembers)}${parts.join(' and ')} ${sum(resources) === 1 ? 'was' : 'were'} left out in the last 7 days, ` +
        'since nothing has the id that was sent.',
      action:
        'Administrator of the identity provider: assign these users to the application as well as their group, and push the group again.',
      details: resources.map(({ attribute, resourceId, count, example, lastAt }) => ({
        [attribute === 'members' ? 'groupId' : 'userId']: resourceId,
        leftOut: count,
        example,
        lastAt,
      })),
    },
  ];
}
