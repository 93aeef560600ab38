import * as z from 'zod/mini';
import type { AccountOffers } from '../../../../service/setup-links/account-offers';
import type { SetupProgress } from '../../../../service/setup-links/setup-progress';
import type { Domain } from '../../../../store/domains/domain-store';
import { fields } from '../../fields';
import { ok, route, type AdminRoute } from '../../route';

export interface SetupProgressRoutesOptions {
  readonly offers: Pick<AccountOffers, 'of'>;
  readonly progress: (domain: Domain, connectionId: string | undefined) => Promise<SetupProgress>;
  /** Ends in `/scim/v2`. */
  readonly scimBaseUrl: string;
}

/** The progress of the setup of a domain, as the person with a setup link sees it. */
export const setupProgressRoutes = ({
  offers,
  progress,
  scimBaseUrl,
}: SetupProgressRoutesOptions): AdminRoute[] => [
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
];
