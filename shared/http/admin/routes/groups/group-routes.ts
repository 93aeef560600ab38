import * as z from 'zod/mini';
import { namesGroup } from '../../../../scim/mapping/evaluate';
import type { MappedGroup, Mapping } from '../../../../scim/mapping/mapping';
import type { GroupDirectory } from '../../../../service/groups/group-directory';
import { keyKeptUntil } from '../../../../service/licenses/key-grace';
import { namePrefixes, type NamePosition } from '../../../../service/resources/name-search';
import type { Domain } from '../../../../store/domains/domain-store';
import type { LicenseRecord } from '../../../../store/licenses/license-record';
import type { ResourceRecord } from '../../../../store/resources/resource-record';
import { isKeyText } from '../../../../store/table/keys';
import { fields } from '../../fields';
import { ID_POSITION, limitOf, pageBody, PAGING, positionIn } from '../../paging';
import { ok, route, type AdminRoute } from '../../route';
import { userView } from '../users/user-view';

/**
 * Returns the schema of positions in a search for `text`, or in the list of all groups if there is no text.
 * DynamoDB refuses a start key outside the range that it reads.
 */
function groupPositions(text: string | undefined): z.ZodMiniType<NamePosition> {
  const isInRange = (key: string) =>
    isKeyText(key) && (!text || namePrefixes(text).some((prefix) => key.startsWith(prefix)));
  return z.object({ id: ID_POSITION, nameKey: z.string().check(z.refine(isInRange)) });
}

export interface GroupRoutesOptions {
  readonly directory: (domainId: string) => GroupDirectory;
  /** Returns licenses by user id. */
  readonly licenses: (domainId: string, userIds: readonly string[]) => Promise<Map<string, LicenseRecord>>;
  readonly keyGraceDays: number;
  /** Returns the mappings of a domain in their order. */
  readonly mappings: (domain: Domain) => Promise<readonly Mapping[]>;
}

/** The groups of a domain and their members. Only the identity provider changes them. */
export function groupRoutes({
  directory,
  licenses,
  keyGraceDays,
  mappings,
}: GroupRoutesOptions): AdminRoute[] {
  return [
    route({
      method: 'GET',
      path: '/domains/{domainId}/groups',
      access: 'viewer',
      query: fields({ search: [z.optional(z.string()), 'a string'], ...PAGING }),
      handle: async ({ domain: { domainId }, query }) => {
        const text = query.search?.trim();
        const after = positionIn(groupPositions(text), query.cursor);
        const { records, next } = await directory(domainId).list(text, limitOf(query), after);
        return ok(pageBody({ items: records.map(groupView), next }));
      },
    }),
    route({
      method: 'GET',
      path: '/domains/{domainId}/groups/{groupId}',
      access: 'viewer',
      handle: async ({ domain, parameters: { groupId } }) => {
        const group = await directory(domain.domainId).get(groupId);
        const naming = (await mappings(domain)).filter(({ from }) => namesGroup(from, mappedGroup(group)));
        return ok({ group: groupView(group), mappings: naming });
      },
    }),
    route({
      method: 'GET',
      path: '/domains/{domainId}/groups/{groupId}/members',
      access: 'viewer',
      query: fields(PAGING),
      handle: async ({ domain: { domainId }, parameters: { groupId }, query, receivedAt }) => {
        const after = positionIn(ID_POSITION, query.cursor);
        const { users, next } = await directory(domainId).members(groupId, limitOf(query), after);
        const licensesByUser = await licenses(
          domainId,
          users.map(({ id }) => id),
        );
        const keptUntil = (ended: LicenseRecord) => keyKeptUntil(ended, keyGraceDays, receivedAt);
        const items = users.map((user) => userView(user, licensesByUser.get(user.id), keptUntil));
        return ok(pageBody({ items, next }));
      },
    }),
  ];
}

/** Returns a group in the form in which mappings name it. */
const mappedGroup = ({ id, attributes: { displayName, externalId } }: ResourceRecord): MappedGroup => ({
  groupId: id,
  displayName: displayName as string,
  ...(typeof externalId === 'string' && { externalId }),
});

/** Returns a group in the form of the API. */
function groupView({ id, attributes, memberCount, created, lastModified }: ResourceRecord): object {
  const { displayName, externalId } = attributes;
  return {
    groupId: id,
    displayName,
    ...(externalId !== undefined && { externalId }),
    memberCount,
    createdAt: created,
    lastModified,
  };
}
