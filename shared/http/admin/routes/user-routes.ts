import * as z from 'zod/mini';
import { parseProjection, project } from '../../../scim/output/projection';
import type { Attributes, Resource } from '../../../scim/resource';
import { WorkBudget } from '../../../scim/work';
import { userResourceType } from '../../../scim/resource-type';
import { PATCH_OP } from '../../../scim/urns';
import type { Caller } from '../../../service/resources/caller';
import { keyKeptUntil } from '../../../service/licenses/key-grace';
import type { LicenseAdmin } from '../../../service/licenses/license-admin';
import type { ResourceService } from '../../../service/resources/resource-service';
import { namePrefixes, type UserSearch, type SearchPosition } from '../../../service/users/user-search';
import type { LicenseRecord } from '../../../store/licenses/license-record';
import type { MailItem } from '../../../store/mail/mail-item';
import { isKeyText } from '../../../store/table/keys';
import { fields } from '../fields';
import { limitOf, pageBody, PAGING, positionIn, ID_POSITION } from '../paging';
import type { AdminRequest } from '../request';
import { ok, route, type AdminRoute } from '../route';
import { licenseEventView, userView, type ViewableUser } from './user-view';

const ID_POSITIONS: z.ZodMiniType<SearchPosition> = z.object({ in: z.literal('ids'), id: ID_POSITION });

/**
 * Returns the schema of positions in a search for `text`, or in the list of all users if there is no text.
 * DynamoDB refuses a start key outside the range that it reads.
 */
export function searchPositions(text: string | undefined): z.ZodMiniType<SearchPosition> {
  if (!text) return ID_POSITIONS;
  const prefixes = namePrefixes(text);
  const isInRange = (key: string) => isKeyText(key) && prefixes.some((prefix) => key.startsWith(prefix));
  const nameKey = z.string().check(z.refine(isInRange));
  return z.discriminatedUnion('in', [
    z.object({ in: z.literal('names'), id: ID_POSITION, nameKey }),
    z.object({ in: z.literal('licenses'), id: z.optional(ID_POSITION) }),
  ]);
}

export interface UserRoutesOptions {
  readonly search: (domainId: string) => UserSearch;
  readonly users: (caller: Caller) => ResourceService;
  /** Returns licenses by user id. */
  readonly licenses: (domainId: string, userIds: readonly string[]) => Promise<Map<string, LicenseRecord>>;
  /** Returns at most `limit` entries, newest first. */
  readonly history: (domainId: string, userId: string, limit: number) => Promise<readonly MailItem[]>;
  readonly admin: LicenseAdmin;
  readonly keyGraceDays: number;
  /** Ends in `/v2`. */
  readonly scimBaseUrl: string;
}

/** API Gateway waits 29 s. The difference leaves time to finish running work. */
const TIME_LIMIT_MS = 24_000;
const HISTORY_LIMIT = 50;

const DEACTIVATION = {
  schemas: [PATCH_OP],
  Operations: [{ op: 'replace', path: 'active', value: false }],
};

/** Users and their licenses. */
export function userRoutes(options: UserRoutesOptions): AdminRoute[] {
  const { search, users, licenses, history, admin, keyGraceDays, scimBaseUrl } = options;
  const serviceOf = (request: AdminRequest) => users(callerOf(request, scimBaseUrl));
  const viewAt =
    ({ receivedAt }: AdminRequest) =>
    (user: ViewableUser, license: LicenseRecord | undefined): object =>
      userView(user, license, (ended) => keyKeptUntil(ended, keyGraceDays, receivedAt));
  const withLicense = async (request: AdminRequest, user: ViewableUser): Promise<object> =>
    viewAt(request)(user, (await licenses(request.domain.domainId, [user.id])).get(user.id));
  return [
    route({
      method: 'GET',
      path: '/domains/{domainId}/users',
      access: 'viewer',
      query: fields({ search: [z.optional(z.string()), 'a string'], ...PAGING }),
      handle: async (request) => {
        const { domain, query } = request;
        const { domainId } = domain;
        const text = query.search?.trim();
        const after = positionIn(searchPositions(text), query.cursor);
        const limit = limitOf(query);
        const page = text
          ? await search(domainId).matching(text, limit, after)
          : await search(domainId).all(limit, after);
        const licensesByUser = await licenses(
          domainId,
          page.users.map(({ id }) => id),
        );
        const items = page.users.map((user) => viewAt(request)(user, licensesByUser.get(user.id)));
        return ok(pageBody({ items, next: page.next }));
      },
    }),
    route({
      method: 'GET',
      path: '/domains/{domainId}/users/{userId}',
      access: 'viewer',
      handle: async (request) => {
        const { domainId } = request.domain;
        const { resource } = await serviceOf(request).get(request.parameters.userId ?? '');
        const [user, entries] = await Promise.all([
          withLicense(request, toViewableUser(resource)),
          history(domainId, resource.id, HISTORY_LIMIT),
        ]);
        return ok({
          user,
          groups: groupsOf(resource),
          scim: project(userResourceType, resource, parseProjection(userResourceType, {})),
          history: entries.map(licenseEventView),
        });
      },
    }),
    route({
      method: 'POST',
      path: '/domains/{domainId}/users/{userId}/deactivate',
      access: 'owner',
      handle: async (request) => {
        const resource = await serviceOf(request).patch(request.parameters.userId ?? '', DEACTIVATION);
        return ok(await withLicense(request, toViewableUser(resource as Resource)));
      },
    }),
    route({
      method: 'POST',
      path: '/domains/{domainId}/users/{userId}/resend-mail',
      access: 'owner',
      handle: async ({ domain, parameters, actor }) => {
        await admin.resendMail(domain.domainId, parameters.userId ?? '', actor);
        return { status: 202 };
      },
    }),
  ];
}

const callerOf = ({ domain, actor, requestId, receivedAt }: AdminRequest, baseUrl: string): Caller => ({
  domainId: domain.domainId,
  actor,
  requestId,
  baseUrl,
  deadline: receivedAt + TIME_LIMIT_MS,
  shows: () => true,
  work: new WorkBudget(),
});

function toViewableUser(resource: Resource): ViewableUser {
  const { created, lastModified } = resource.meta as Record<string, string>;
  return {
    id: resource.id,
    attributes: resource,
    created: created ?? '',
    lastModified: lastModified ?? '',
  };
}

const groupsOf = ({ groups = [] }: Resource): object[] =>
  (groups as Attributes[]).map(({ value, display }) => ({
    groupId: value,
    ...(display !== undefined && { displayName: display }),
  }));
