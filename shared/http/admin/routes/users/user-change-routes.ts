import type { ManagedUsers } from '../../../../service/managed-users/managed-users';
import type { AdminRequest } from '../../request';
import { ok, route, type AdminRoute } from '../../route';
import { textsOf, USER_VALUES } from './user-bodies';

export interface UserChangeRoutesOptions {
  readonly managed: (request: AdminRequest) => ManagedUsers;
  /** Returns a user after a change, in the form of the API. */
  readonly view: (request: AdminRequest, userId: string) => Promise<object>;
}

const USER_PATH = '/domains/{domainId}/users/{userId}';
const idOf = ({ parameters }: AdminRequest): string => parameters.userId ?? '';

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
      await managed(request).change(idOf(request), textsOf(request.body.values));
      return ok(await view(request, idOf(request)));
    },
  }),
  route({
    method: 'POST',
    path: `${USER_PATH}/activate`,
    access: 'owner',
    handle: async (request) => {
      await managed(request).activate(idOf(request));
      return ok(await view(request, idOf(request)));
    },
  }),
  route({
    method: 'DELETE',
    path: USER_PATH,
    access: 'owner',
    handle: async (request) => {
      await managed(request).delete(idOf(request));
      return { status: 204 };
    },
  }),
];
