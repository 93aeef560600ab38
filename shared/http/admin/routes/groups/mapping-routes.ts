import type {
  DomainMappings,
  MappingAdministration,
  PreviewedResult,
  PreviewedUser,
} from '../../../../service/mappings/mapping-admin';
import { fields } from '../../fields';
import { cursorOf, ID_POSITION, PAGING, positionIn } from '../../paging';
import { ok, route, type AdminRoute } from '../../route';
import { MAPPINGS_CHANGE, MAPPINGS_TO_PREVIEW } from './mapping-bodies';

export interface MappingRoutesOptions {
  readonly admin: MappingAdministration;
  /** The user types of the deployment. */
  readonly userTypes: readonly string[];
  readonly defaultUserType: string;
}

/** The mappings of a domain: what its groups, roles, entitlements, and attributes give its users. */
export function mappingRoutes({ admin, userTypes, defaultUserType }: MappingRoutesOptions): AdminRoute[] {
  const view = (mappings: DomainMappings): object => ({ ...mappings, userTypes, defaultUserType });
  return [
    route({
      method: 'GET',
      path: '/domains/{domainId}/mappings',
      access: 'viewer',
      handle: async ({ domain }) => ok(view(await admin.get(domain.domainId))),
    }),
    route({
      method: 'PUT',
      path: '/domains/{domainId}/mappings',
      access: 'owner',
      body: MAPPINGS_CHANGE,
      handle: async ({ domain, body, actor }) => ok(view(await admin.replace(domain.domainId, body, actor))),
    }),
    route({
      method: 'POST',
      path: '/domains/{domainId}/mappings/preview',
      access: 'owner',
      query: fields({ cursor: PAGING.cursor }),
      body: MAPPINGS_TO_PREVIEW,
      handle: async ({ domain, query, body }) => {
        const after = positionIn(ID_POSITION, query.cursor);
        const { next, users, ...sums } = await admin.preview(domain.domainId, body, after);
        return ok({
          ...sums,
          users: users.map(previewedUserView),
          ...(next !== undefined && { next: cursorOf(next) }),
        });
      },
    }),
  ];
}

const previewedUserView = ({ userId, userName, before, after }: PreviewedUser): object => ({
  userId,
  userName,
  before: resultView(before),
  after: resultView(after),
});

/** Returns what mappings give a user in the form of the API. */
const resultView = (result: PreviewedResult): object => {
  const { userType, license, organizations, administrator, noLicenseMapping } = result;
  return { userType, license, organizations, administrator, noLicenseMapping };
};
