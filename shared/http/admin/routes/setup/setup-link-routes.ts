import * as z from 'zod/mini';
import type { AccountOffers } from '../../../../service/setup-links/account-offers';
import type { SetupLinkAdmin } from '../../../../service/setup-links/setup-link-admin';
import type { SetupLinkOpening } from '../../../../service/setup-links/setup-link-opening';
import type { SetupProgress } from '../../../../service/setup-links/setup-progress';
import type { Domain } from '../../../../store/domains/domain-store';
import { NEW_SETUP_LINK, SETUP_CODE_REQUEST, SETUP_SESSION_REQUEST } from './setup-link-bodies';
import { fields } from '../../fields';
import { ok, route, type AdminRoute } from '../../route';

export interface SetupLinkRoutesOptions {
  readonly admin: SetupLinkAdmin;
  readonly opening: SetupLinkOpening;
  readonly offers: Pick<AccountOffers, 'of'>;
  readonly progress: (domain: Domain, connectionId: string | undefined) => Promise<SetupProgress>;
  /** Ends in `/scim/v2`. */
  readonly scimBaseUrl: string;
}

/** The setup links of a domain, their opening, and what the person with a link sees. */
export function setupLinkRoutes({
  admin,
  opening,
  offers,
  progress,
  scimBaseUrl,
}: SetupLinkRoutesOptions): AdminRoute[] {
  return [
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
      handle: async ({ domain, parameters: { linkId = '' }, actor }) => {
        await admin.revoke(domain.domainId, linkId, actor);
        return { status: 204 };
      },
    }),
    route({
      method: 'GET',
      path: '/domains/{domainId}/setup-progress',
      access: 'viewer',
      allowsSetupLink: true,
      query: fields({
        connectionId: [z.optional(z.string().check(z.regex(/^[0-9a-f-]{36}$/))), 'the id of a connection'],
      }),
      handle: async ({ caller, domain, query: { connectionId } }) => {
        const account = await offers.of(domain.domainId, caller.id);
        const { domainId, name, scimAvailable, scimEnabled, ratePlan } = domain;
        return ok({
          domain: { domainId, name, scimAvailable, scimEnabled, scimBaseUrl, ratePlan },
          ...(await progress(domain, connectionId)),
          ...(account && { account }),
        });
      },
    }),
    route({
      method: 'POST',
      path: '/setup-links/{linkId}/codes',
      access: 'public',
      body: SETUP_CODE_REQUEST,
      handle: async ({ parameters: { linkId = '' }, body, actor }) => ({
        status: 202,
        body: await opening.sendCode({ ...body, linkId }, actor),
      }),
    }),
    route({
      method: 'POST',
      path: '/setup-links/{linkId}/sessions',
      access: 'public',
      body: SETUP_SESSION_REQUEST,
      handle: async ({ parameters: { linkId = '' }, body: { code, ...parts }, actor }) => ({
        status: 201,
        body: await opening.open({ ...parts, linkId }, code, actor),
      }),
    }),
  ];
}
