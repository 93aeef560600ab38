import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { userBody } from '../support/requests/bodies';
import { adminClient } from '../support/system/admin-client';
import { inOneSlot } from '../support/system/rate-slot';
import {
  type ClientResponse,
  clientWithKey,
  type DomainClient,
  createDomainClient,
} from '../support/system/system';

const DOCS = path.join(__dirname, '../../docs');

/** What the guides quote, with the status behind it: `"Another user has the userName …" (409)`. */
const quotedErrors = ['okta.md', 'entra-id.md'].flatMap((file) => {
  const [, rows = ''] = /^## Troubleshooting$([^]*)/m.exec(readFileSync(path.join(DOCS, file), 'utf8')) ?? [];
  return [...rows.matchAll(/^\| "([^"]+)" \((\d{3})\)/gm)].map(
    ([, text = '', status]) => [text, Number(status)] as const,
  );
});

const changeDomain = (domain: DomainClient, body: object) =>
  adminClient()('PATCH', `/domains/${domain.domainId}`, body);

const createTwice = async (domain: DomainClient, path: string, body: object) => {
  await domain.request('POST', path, body);
  return domain.request('POST', path, body);
};

/** How an identity provider comes to see each. */
const provokeError: Record<string, (domain: DomainClient) => Promise<ClientResponse>> = {
  'Send a valid SCIM key in the header …': () => clientWithKey('', 'scim_cut_off').request('GET', '/Users'),
  'The SCIM key has expired …': async ({ domainId }) => {
    // The authorizer tells an expired key no more than a wrong one: only who was let in before it expired learns that.
    for (let ahead = 500; ; ahead *= 2) {
      const expireTime = new Date(Date.now() + ahead).toISOString();
      const { body } = await adminClient()('POST', `/domains/${domainId}/keys`, {
        name: 'short',
        expireTime,
      });
      const client = clientWithKey(domainId, body.token);
      if ((await client.request('GET', '/Users?count=0')).status !== 200) continue;
      await sleep(Date.parse(expireTime) - Date.now() + 10);
      return client.request('GET', '/Users?count=0');
    }
  },
  'SCIM is switched off for this connection …': async (domain) => {
    await changeDomain(domain, { scimEnabled: false });
    return domain.request('GET', '/Users');
  },
  'This domain has … seats for active users …': async (domain) => {
    await changeDomain(domain, { seats: 0 });
    return domain.request('POST', '/Users', userBody());
  },
  'There is no endpoint at … The base URL of a SCIM connection ends in /scim/v2.': (domain) =>
    domain.request('GET', '/scim/v2/Users'),
  'Another user has the userName …': (domain) => createTwice(domain, '/Users', userBody()),
  'Another group has the displayName …': (domain) =>
    createTwice(domain, '/Groups', { displayName: 'Guides' }),
  'A user needs an email address for the license …': (domain) =>
    domain.request('POST', '/Users', { userName: 'ada' }),
  'The primary value of emails must be one plain address …': (domain) =>
    domain.request('POST', '/Users', { userName: 'ada', emails: [{ value: 'ada, bob' }] }),
  '… nrUserType must be one of …': (domain) =>
    domain.request('POST', '/Users', {
      ...userBody(),
      'urn:ietf:params:scim:schemas:extension:newrelic:2.0:User': { nrUserType: 'Visitor' },
    }),
  'timezone must be an IANA name …': (domain) =>
    domain.request('POST', '/Users', { ...userBody(), timezone: 'AUS Eastern Standard Time' }),
  'The filter cannot be read at position …': (domain) =>
    domain.request('GET', `/Users?filter=${encodeURIComponent('user name eq "ada"')}`),
  'This connection may send … requests …': () => {
    const Operations = Array.from({ length: 200 }, () => ({ method: 'DELETE', path: '/Users/nobody' }));
    return inOneSlot(async (domain) => {
      await domain.request('GET', '/Users?count=0');
      return domain.request('POST', '/Bulk', { Operations });
    });
  },
};

const pattern = (text: string): RegExp =>
  new RegExp(
    text
      .split(/ ?… ?/)
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*'),
  );

const uniqueErrors = [...new Map(quotedErrors.map((each) => [each[0], each])).values()];

it.each(uniqueErrors)('"%s" (%i) in the guides is what the service says', async (text, status) => {
  const answer = await provokeError[text]?.(await createDomainClient());
  expect(answer).toMatchObject({ status, body: { detail: expect.stringMatching(pattern(text)) as string } });
});

it('is quoted in both guides', () => expect(quotedErrors.length).toBeGreaterThan(20));
