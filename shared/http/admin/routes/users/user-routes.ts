import * as z from 'zod/mini';
import { parseProjection, project } from '../../../../scim/output/projection';
import type { Mapping } from '../../../../scim/mapping/mapping';
import type { Attributes, Resource } from '../../../../scim/resource';
import { PATCH_OP } from '../../../../scim/urns';
import type { Caller } from '../../../../service/resources/caller';
import { keyKeptUntil } from '../../../../service/licenses/key-grace';
import type { LicenseAdmin } from '../../../../service/licenses/license-admin';
import type { ResourceService } from '../../../../service/resources/resource-service';
import { namePrefixes } from '../../../../service/resources/name-search';
import { MANAGERS } from '../../../../service/users/user-manager';
import type { UserList } from '../../../../service/users/user-list';
import type { SearchPosition } from '../../../../service/users/user-search';
import { LICENSE_STATUSES, type LicenseRecord } from '../../../../store/licenses/license-record';
import type { Domain } from '../../../../store/domains/domain-store';
import type { MailItem } from '../../../../store/mail/mail-item';
import type { ResourceRecord } from '../../../../store/resources/resource-record';
import { valuesOf } from '../../../../service/managed-users/user-values';
import { isKeyText } from '../../../../store/table/keys';
import { fields } from '../../fields';
import { limitOf, pageBody, PAGING, positionIn, ID_POSITION } from '../../paging';
import type { AdminRequest } from '../../request';
import { ok, route, type AdminRoute } from '../../route';
import { callerOf } from '../../managed-users/user-caller';
import { licenseEventView, mappingIdsOf, userView, type ViewableUser } from './user-view';
import { userResourceType } from '../../../../product/product';

/** The longest value of a filter. */
const MAX_FILTER_LENGTH = 256;

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
  readonly list: (domainId: string) => UserList;
  readonly users: (caller: Caller) => ResourceService;
  readonly record: (domainId: string, userId: string) => Promise<ResourceRecord | undefined>;
  /** Returns licenses by user id. */
  readonly licenses: (domainId: string, userIds: readonly string[]) => Promise<Map<string, LicenseRecord>>;
  /** Returns at most `limit` entries, newest first. */
  readonly history: (domainId: string, userId: string, limit: number) => Promise<readonly MailItem[]>;
  readonly admin: LicenseAdmin;
  /** Returns a user after a change, in the form of the API. */
  readonly view: (request: AdminRequest, userId: string) => Promise<object>;
  readonly keyGraceDays: number;
  /** Returns the mappings of a domain in their order. */
  readonly mappings: (domain: Domain) => Promise<readonly Mapping[]>;
  /** Ends in `/v2`. */
  readonly scimBaseUrl: string;
}

const FILTER_TEXT = z.optional(z.string().check(z.minLength(1), z.maxLength(MAX_FILTER_LENGTH)));

const LIST = fields({
  search: [z.optional(z.string()), 'a string'],
  name: [FILTER_TEXT, `a part of a name, of at most ${MAX_FILTER_LENGTH} characters`],
  userType: [FILTER_TEXT, `a user type of at most ${MAX_FILTER_LENGTH} characters`],
  organization: [FILTER_TEXT, `the name of an organization, of at most ${MAX_FILTER_LENGTH} characters`],
  licenseStatus: [z.optional(z.enum(LICENSE_STATUSES)), `one of ${LICENSE_STATUSES.join(', ')}`],
  managedBy: [z.optional(z.enum(MANAGERS)), `one of ${MANAGERS.join(', ')}`],
  ...PAGING,
});

const HISTORY_LIMIT = 50;

const DEACTIVATION = {
  schemas: [PATCH_OP],
  Operations: [{ op: 'replace', path: 'active', value: false }],
};

/** Users and their licenses. */
export function userRoutes(options: UserRoutesOptions): AdminRoute[] {
  const { list, users, record, licenses, history, admin, view, keyGraceDays, mappings, scimBaseUrl } =
    options;
  const serviceOf = (request: AdminRequest) => users(callerOf(request, scimBaseUrl));
  const viewAt =
    ({ receivedAt }: AdminRequest) =>
    (user: ViewableUser, license: LicenseRecord | undefined): object =>
      userView(user, license, (ended) => keyKeptUntil(ended, keyGraceDays, receivedAt));
  return [
    route({
      method: 'GET',
      path: '/domains/{domainId}/users',
      access: 'viewer',
      query: LIST,
      handle: async (request) => {
        const { domain, query } = request;
        const { search, name, userType, organization, licenseStatus, managedBy } = query;
        const text = search?.trim();
        const after = positionIn(searchPositions(text), query.cursor);
        const filter = { name, userType, organization, licenseStatus, managedBy };
        const page = await list(domain.domainId).page(text, filter, limitOf(query), after);
        const items = page.items.map(({ user, license }) => viewAt(request)(user, license));
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
        const [stored, found, entries] = await Promise.all([
          record(domainId, resource.id),
          licenses(domainId, [resource.id]),
          history(domainId, resource.id, HISTORY_LIMIT),
        ]);
        const license = found.get(resource.id);
        const causes = license ? mappingIdsOf(license) : [];
        const domainMappings = causes.length > 0 ? await mappings(request.domain) : [];
        return ok({
          user: viewAt(request)(stored ?? toViewableUser(resource), license),
          values: valuesOf(resource),
          mappings: domainMappings.filter(({ id }) => causes.includes(id)),
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
        const { id } = (await serviceOf(request).patch(
          request.parameters.userId ?? '',
          DEACTIVATION,
        )) as Resource;
        return ok(await view(request, id));
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
