import type { ManagedUsers } from '../../../../service/managed-users/managed-users';
import type { DomainRequest } from '../../request';
import { ok, route, type AdminRoute } from '../../route';
import { textsOf, USER_VALUES } from './user-bodies';

export interface UserChangeRoutesOptions {
  readonly managed: (request: DomainRequest) => ManagedUsers;
  /** Returns a user after a change, in the form of the API. */
  readonly view: (request: DomainRequest, userId: string) => Promise<object>;
}

const USER_PATH = '/domains/{domainId}/users/{userId}';

/** Creates, changes, activates, and deletes users manually. */
export const userChangeRoutes = ({ managed, view }: UserChangeRoutesOptions): AdminRoute[] => [
  route({
    method: 'POST',
    path: '/domains/{domainId}/users',
    access: 'owner',
    body: USER_VALUES,
    handle: async (request) => {
      const id = await managed(request).create(textsOf(request.body.values));
      return { status: 201, body: await view(request, id) };
    },
  }),
  route({
    method: 'PATCH',
    path: USER_PATH,
    access: 'owner',
    body: USER_VALUES,
    handle: async (request) => {
      await managed(request).change(request.parameters.userId, textsOf(request.body.values));
      return ok(await view(request, request.parameters.userId));
    },
  }),
  route({
    method: 'POST',
    path: `${USER_PATH}/activate`,
    access: 'owner',
    handle: async (request) => {
      await managed(request).activate(request.parameters.userId);
      return ok(await view(request, request.parameters.userId));
    },
  }),
  route({
    method: 'DELETE',
    path: USER_PATH,
    access: 'owner',
    handle: async (request) => {
      await managed(request).delete(request.parameters.userId);
      return { status: 204 };
    },
  }),
];
