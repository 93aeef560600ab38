import { ok, route } from '../../../shared/http/admin/route';

/** The compiler checks the types of these rows; they are called nowhere. */
const ROWS = [
  route({
    method: 'GET',
    path: '/domains/{domainId}/users/{userId}',
    access: 'viewer',
    handle: ({ domain, parameters }) => ok({ id: domain.domainId, user: parameters.userId.length }),
  }),
  route({
    method: 'GET',
    path: '/administrators',
    access: 'operator',
    // @ts-expect-error The path names no domain.
    handle: ({ domain }) => ok({ id: domain.domainId }),
  }),
  route({
    method: 'DELETE',
    path: '/domains/{domainId}',
    access: 'operator',
    mayBeDeleted: true,
    // @ts-expect-error The domain may be deleted.
    handle: ({ domain }) => ok({ id: domain.domainId }),
  }),
  route({
    method: 'GET',
    path: '/domains/{domainId}/users/{userId}',
    access: 'viewer',
    // @ts-expect-error The path has no such parameter.
    handle: ({ parameters }) => ok({ group: parameters.groupId }),
  }),
];

it('a row stays as it was written', () => {
  expect(ROWS.map(({ path }) => path)).toEqual([
    '/domains/{domainId}/users/{userId}',
    '/administrators',
    '/domains/{domainId}',
    '/domains/{domainId}/users/{userId}',
  ]);
});
