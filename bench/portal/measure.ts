import type { Page } from 'playwright-core';
import { launchChromium, signIn, waitForPaint, waitUntilLoaded } from '../../bin/portal/chromium';
import type { System } from '../../local/product/system';
import { BENCH_ACTOR } from '../contention/bench-domain';
import { newUser } from '../http/rows';
import { median } from '../median';
import { fillDomain, unlimitedTable } from '../seed/fill-domain';
import { openConnectionAdmin } from '../../shared/service/connections/open-connection-admin';
import { openDomainAdmin } from '../../shared/service/domains/domain-admin';

export interface PortalSize {
  readonly users: number;
  /** The loads of each view. */
  readonly runs: number;
}

/** The time from the request of a view until it has its data and is painted, in milliseconds. */
export interface ViewFigures {
  readonly name: string;
  readonly median: number;
  readonly slowest: number;
  /** The requests of the last load to the admin API. */
  readonly requests: number;
}

/** A view, and how a user gets there from the view before. */
interface MeasuredView {
  readonly name: string;
  /** The path of the view before. @default /domains */
  readonly from?: string;
  readonly open: (page: Page) => Promise<void>;
}

/** What a view shows. */
interface Shown {
  readonly portalUrl: string;
  readonly domainId: string;
  readonly userIds: readonly string[];
  readonly groupId: string;
  readonly connectionId: string;
}

const OPERATOR = 'operator@example.com';
const GROUP = 'All employees';
const userNameOf = (at: number): string => `employee-${String(at).padStart(6, '0')}@example.com`;

/** Fills a domain, and loads each view in Chromium several times. */
export async function measurePortal(
  system: System,
  { users, runs }: PortalSize,
  progress: (step: string) => void,
): Promise<ViewFigures[]> {
  const { session, deployment } = system;
  progress(`Filling a domain with ${users} users …`);
  const settings = { name: 'Bench', ratePlan: 'unmetered' } as const;
  const { domainId } = await openDomainAdmin(deployment).createDomain(settings, BENCH_ACTOR);
  const { userIds, groupId = '' } = await fillDomain(unlimitedTable(system), domainId, {
    ...{ users, group: GROUP },
    attributesOf: (at) => newUser(userNameOf(at)) as { userName: string },
  });
  const connection = await openConnectionAdmin(deployment, []).createConnection(
    domainId,
    { name: 'Okta', identityProvider: 'okta' },
    BENCH_ACTOR,
  );
  const browser = await launchChromium();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
    let requests = 0;
    page.on('request', (request) => {
      if (request.url().includes('/admin/')) requests += 1;
    });
    await signIn(page, session.portalUrl, OPERATOR);
    const figures: ViewFigures[] = [];
    const { connectionId } = connection;
    const { portalUrl } = session;
    const views = viewsOf({ portalUrl, domainId, userIds, groupId, connectionId });
    for (const { name, from = '/domains', open } of views) {
      progress(name);
      const times: number[] = [];
      for (let run = 0; run < runs; run++) {
        // Each run begins on another view, so that nothing of the measured one is shown yet.
        await page.goto(portalUrl + from);
        await waitUntilLoaded(page);
        requests = 0;
        const startedAt = performance.now();
        await open(page);
        await waitUntilLoaded(page);
        await waitForPaint(page);
        times.push(performance.now() - startedAt);
      }
      figures.push({ name, median: median(times), slowest: Math.max(...times), requests });
    }
    return figures;
  } finally {
    await browser.close();
  }
}

/** Returns the views. Each is loaded by its address, with the scripts of the portal, as by a bookmark. */
function viewsOf({ portalUrl, domainId, userIds, groupId, connectionId }: Shown): MeasuredView[] {
  const atUrl = (name: string, url: string, then?: (page: Page) => Promise<unknown>): MeasuredView => ({
    name,
    open: async (page) => {
      await page.goto(url);
      await then?.(page);
    },
  });
  const at = (name: string, path: string, then?: (page: Page) => Promise<unknown>) =>
    atUrl(name, `${portalUrl}/domains/${domainId}${path}`, then);
  const last = userNameOf(userIds.length - 1);
  const row = (text: string) => (page: Page) => page.getByRole('row', { name: text }).first().waitFor();
  return [
    {
      ...atUrl('Domains', `${portalUrl}/domains`, (page) => page.getByText('Bench').first().waitFor()),
      from: '/help',
    },
    atUrl('First steps', `${portalUrl}/first-run`),
    atUrl('Operators', `${portalUrl}/operators`),
    at('Users', '/users', row('employee-')),
    at('Users, search by the last name', `/users?search=${encodeURIComponent(last)}`, row(last)),
    at('Users, inactive licenses', '/users?license=inactive', row('employee-')),
    at('User', `/users/${userIds.at(-1)}`),
    at('Import users', '/users/import'),
    at('Groups', '/groups', row(GROUP)),
    at('Group with all users', `/groups/${groupId}`, row('employee-')),
    at('Requests', '/requests'),
    at('Audit log', '/audit-log', row('User created')),
    at('Audit log, events of the first user', `/audit-log?resource=${encodeURIComponent(userNameOf(0))}`),
    at('SCIM provisioning', '/settings/scim'),
    at('Connection', `/settings/scim/connections/${connectionId}`),
    at('Connect Okta', '/settings/okta'),
    at('Connect Entra ID', '/settings/entra-id'),
    at('Setup links', '/settings/setup-links'),
    at('Domain and seats', '/settings/domain'),
    at('Mappings', '/settings/mappings'),
    at('Administrators', '/settings/administrators'),
    at('Email problems', '/settings/mail-problems'),
    at('Events', '/settings/events'),
    at('Readiness', '/settings/readiness'),
    atUrl('Help', `${portalUrl}/help`),
    atUrl('Help, the guide of Okta', `${portalUrl}/help/okta`),
  ];
}
