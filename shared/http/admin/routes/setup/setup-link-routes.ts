import type { SetupLinkAdmin } from '../../../../service/setup-links/setup-link-admin';
import type { SetupLinkOpening } from '../../../../service/setup-links/setup-link-opening';
import { NEW_SETUP_LINK, SETUP_CODE_REQUEST, SETUP_SESSION_REQUEST } from './setup-link-bodies';
import { ok, route, type AdminRoute } from '../../route';

/** The setup links of a domain, and their opening. */
export const setupLinkRoutes = (admin: SetupLinkAdmin, opening: SetupLinkOpening): AdminRoute[] => [
  route({
    method: 'GET',
    path: '/domains/{domainId}/setup-links',
    access: 'viewer',
    handle: async ({ domain }) => ok({ items: await admin.list(domain.domainId) }),
  }),
  route({
    method: 'POST',
    path: '/domains/{domainId}/setup-links',
    access: 'owner',
    body: NEW_SETUP_LINK,
    handle: async ({ domain, body, actor }) => {
      const { url, ...link } = await admin.create(domain.domainId, body, actor);
      return { status: 201, body: { link, url } };
    },
  }),
  route({
    method: 'DELETE',
    path: '/domains/{domainId}/setup-links/{linkId}',
    access: 'owner',
    handle: async ({ domain, parameters: { linkId }, actor }) => {
      await admin.revoke(domain.domainId, linkId, actor);
      return { status: 204 };
    },
  }),
  route({
    method: 'POST',
    path: '/setup-links/{linkId}/codes',
    access: 'public',
    body: SETUP_CODE_REQUEST,
    handle: async ({ parameters: { linkId }, body, actor }) => ({
      status: 202,
      body: await opening.sendCode({ ...body, linkId }, actor),
    }),
  }),
  route({
    method: 'POST',
    path: '/setup-links/{linkId}/sessions',
    access: 'public',
    body: SETUP_SESSION_REQUEST,
    handle: async ({ parameters: { linkId }, body: { code, ...parts }, actor }) => ({
      status: 201,
      body: await opening.open({ ...parts, linkId }, code, actor),
    }),
  }),
];
