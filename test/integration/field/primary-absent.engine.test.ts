import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Attributes } from '../../../shared/scim/resource';
import { patchBody, type Operation } from '../../support/requests/bodies';
import { type DomainClient, createDomainClient } from '../../support/system/system';

interface Rows {
  readonly user: Attributes;
  readonly filters: readonly { readonly filter: string; readonly totalResults: number }[];
  readonly patches: readonly {
    readonly why: string;
    readonly operation: Operation;
    readonly attribute: string;
    readonly after?: readonly object[];
  }[];
}

const file = path.join(__dirname, '../../fixtures/field/primary-absent.json');
const { user, filters, patches } = JSON.parse(readFileSync(file, 'utf8')) as Rows;

describe('an absent primary is false', () => {
  let client: DomainClient;
  beforeAll(async () => {
    client = await createDomainClient();
    expect((await client.request('POST', '/Users', user)).status).toBe(201);
  });

  it.each(filters)('in the filter $filter', async ({ filter, totalResults }) => {
    const found = await client.request('GET', `/Users?filter=${encodeURIComponent(filter)}`);
    expect(found.body).toMatchObject({ totalResults });
  });

  it.each(patches)('in a PATCH: $why', async ({ operation, attribute, after }) => {
    const other = await createDomainClient();
    const { id } = (await other.request('POST', '/Users', user)).body as { id: string };
    const patched = await other.request('PATCH', `/Users/${id}`, patchBody(operation));
    expect(patched.status).toBe(200);
    expect((patched.body as Attributes)[attribute]).toEqual(after);
  });
});
