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

/** The errors that the guides quote, each with its status: `"Another user has the userName …" (409)`. */
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

/** Requests that provoke each error. */
const provokeError: Record<string, (domain: DomainClient) => Promise<ClientResponse>> = {
  'Send a valid SCIM key in the header …': () => clientWithKey('', 'scim_cut_off').request('GET', '/Users'),
  'The SCIM key has expired …': async ({ domainId }) => {
    // The authorizer rejects an expired key like a wrong one. Only a key that was authorized before it
    // expired gets this error, unless another test empties the authorizer's cache in between.
    for (let ahead = 500; ; ahead *= 2) {
      const expireTime = new Date(Date.now() + ahead).toISOString();
      const { body } = await adminClient()('POST', `/domains/${domainId}/keys`, {
        name: 'short',
        expireTime,
      });
      const client = clientWithKey(domainId, body.token);
      if ((await client.request('GET', '/Users?count=0')).status !== 200) continue;
      await sleep(Date.parse(expireTime) - Date.now() + 10);
      const response = await client.request('GET', '/Users?count=0');
      if ((response.body as { detail: string }).detail.includes('expired')) return response;
    }
  },
  'SCIM is disabled for this domain …': async (domain) => {
    await changeDomain(domain, { scimEnabled: false });
    return domain.request('GET', '/Users');
  },
  'SCIM is not available to this domain …': async (domain) => {
    await changeDomain(domain, { scimAvailable: false });
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
  'The timezone is not valid …': (domain) =>
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

it.each(uniqueErrors)('"%s" (%i) in the guides is an error of the service', async (text, status) => {
  const response = await provokeError[text]?.(await createDomainClient());
  expect(response).toMatchObject({
    status,
    body: { detail: expect.stringMatching(pattern(text)) as string },
  });
});

it('both guides quote errors', () => expect(quotedErrors.length).toBeGreaterThan(20));
