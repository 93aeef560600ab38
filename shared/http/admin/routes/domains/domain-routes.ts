import * as z from 'zod/mini';
import type { DomainAdmin } from '../../../../service/domains/domain-admin';
import type { SeatCounts } from '../../../../store/domains/counts';
import type { Domain, DomainSummary } from '../../../../store/domains/domain-store';
import { fields } from '../../fields';
import { ID_POSITION, limitOf, pageBody, PAGING, positionIn, type AdminPage } from '../../paging';
import { Problem } from '../../problem';
import { ok, route, type AdminRoute } from '../../route';
import { DOMAIN_CHANGE, NEW_DOMAIN } from './domain-bodies';
import { visibleDomains } from './visible-domains';

export interface DomainRoutesOptions {
  readonly admin: DomainAdmin;
  /** Ends in `/scim/v2`. */
  readonly scimBaseUrl: string;
}

/** Settings that only an operator may change. */
const OPERATOR_ONLY = [
  'scimAvailable',
  'ratePlan',
  'seats',
  'seatPolicy',
  'mailPaused',
  'mailMinutesPerAddress',
  'mailsPerHour',
];

/** The domains that the caller may see, and their settings. */
export function domainRoutes({ admin, scimBaseUrl }: DomainRoutesOptions): AdminRoute[] {
  const view = async (domain: Domain): Promise<object> =>
    domainView(domain, await admin.getCounts(domain.domainId), scimBaseUrl);
  return [
    route({
      method: 'GET',
      path: '/domains',
      access: 'anyone',
      query: fields(PAGING),
      handle: async ({ caller, query }) => {
        const after = positionIn(ID_POSITION, query.cursor);
        const limit = limitOf(query);
        if (!caller.roles.operator)
          return ok(pageBody(pageOf(await visibleDomains(caller, admin), limit, after)));
        const { domains, next } = await admin.listDomains(limit, after);
        return ok(pageBody({ items: domains, next }));
      },
    }),
    route({
      method: 'POST',
      path: '/domains',
      access: 'operator',
      body: NEW_DOMAIN,
      handle: async ({ body, actor }) => {
        const domain = await admin.createDomain(body, actor);
        return { status: 201, body: await view(domain) };
      },
    }),
    route({
      method: 'GET',
      path: '/domains/{domainId}',
      access: 'viewer',
      handle: async ({ domain }) => ok(await view(domain)),
    }),
    route({
      method: 'PATCH',
      path: '/domains/{domainId}',
      access: 'owner',
      operatorOnly: OPERATOR_ONLY,
      body: DOMAIN_CHANGE,
      flushesCache: ({ scimEnabled }) => scimEnabled !== undefined,
      handle: async ({ domain, body, actor }) => {
        if (Object.keys(body).length === 0)
          throw Problem.invalid('The body is empty. Send the settings to change.');
        return ok(await view(await admin.updateDomain(domain.domainId, body, actor)));
      },
    }),
    route({
      method: 'DELETE',
      path: '/domains/{domainId}',
      access: 'operator',
      mayBeDeleted: true,
      query: fields({ name: [z.string(), "the domain's name, as a confirmation"] }),
      handle: async ({ parameters, query, actor }) => {
        await admin.deleteDomain(parameters.domainId, query.name, actor);
        return { status: 202 };
      },
    }),
  ];
}

function pageOf(
  domains: readonly DomainSummary[],
  limit: number,
  after: string | undefined,
): AdminPage<DomainSummary, string> {
  const following = domains.filter(({ domainId }) => after === undefined || domainId > after);
  const items = following.slice(0, limit);
  return { items, ...(following.length > limit && { next: items.at(-1)?.domainId }) };
}

function domainView(domain: Domain, counts: SeatCounts, scimBaseUrl: string): object {
  const { domainId, name, scimAvailable, scimEnabled, ratePlan, mailDelayMinutes } = domain;
  const {
    mailPaused,
    mailMinutesPerAddress = null,
    mailsPerHour = null,
    notifyAddresses,
    createdAt,
  } = domain;
  const { seats = null, seatPolicy, users, groups, activeLicenses, pendingLicenses } = counts;
  return {
    domainId,
    name,
    scimAvailable,
    scimEnabled,
    scimBaseUrl,
    ratePlan,
    seats,
    seatPolicy,
    mailDelayMinutes,
    mailPaused,
    mailMinutesPerAddress,
    mailsPerHour,
    notifyAddresses,
    createdAt,
    counts: { users, groups, activeLicenses, pendingLicenses },
  };
}
