import leavers from '../../fixtures/field/leavers.json';
import { BULK_REQUEST, PATCH_OP } from '../../../shared/scim/urns';
import { expectConsistent } from '../../support/consistency/consistency';
import { userWithLicense } from '../../support/consistency/domain-data';
import { provisionUser } from '../../support/requests/provision-user';
import { patchBody, uniqueName, userBody } from '../../support/requests/bodies';
import { readReadiness } from '../diagnostics/readiness';
import { createDomainClient, type DomainClient } from '../../support/system/system';

let domain: DomainClient;
beforeAll(async () => {
  domain = await createDomainClient();
});
afterAll(() => expectConsistent(domain.domainId));

/** Creates a user whose name is not an address, so that the only address is in `emails`. */
const provisionJdoe = (more: object = {}) => {
  const name = uniqueName('jdoe');
  const emails = [{ type: 'work', value: name, primary: true }];
  return provisionUser(domain, userBody(name.replace('@example.com', ''), { emails, ...more }));
};

const expectInactive = async (id: string) => {
  const { user, license } = await userWithLicense(domain.domainId, id);
  expect(user?.attributes.active).toBe(false);
  expect(license?.status).toBe('inactive');
};

interface Row {
  readonly method: string;
  readonly body: { readonly userName?: string };
  readonly status: number;
  readonly before?: object;
}

const rows: readonly Row[] = leavers.leaving;

it.each(
  rows.filter(({ method }) => method !== 'POST').map((row) => [JSON.stringify(row.body), row] as const),
)('a user leaves without an address: %s', async (_, { method, body, status, before }) => {
  const { id, path, userName } = await provisionJdoe(before);
  const response = await domain.request(method, path, body.userName ? { ...body, userName } : body);
  expect(response.status).toBe(status);
  expect(response.body).toMatchObject({ active: false });
  await expectInactive(id);
});

it.each(rows.filter(({ method }) => method === 'POST'))(
  'a user is created inactive: $body',
  async ({ body }) => {
    const response = await domain.request('POST', '/Users', {
      ...body,
      userName: uniqueName('svc').slice(0, 17),
    });
    expect(response.status).toBe(201);
    const { id } = response.body as { id: string };
    await expectInactive(id);
    expect((await userWithLicense(domain.domainId, id)).license?.email).toBeUndefined();
  },
);

/** Replaces the placeholder of the fixture, so that the value has its real size. */
const expand = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value).replace('<9000 characters>', 'A'.repeat(9_000)));

it.each(leavers.unreadable)(
  'a PATCH with an unreadable $path ends the license',
  async ({ path: target, value }) => {
    const { id, path } = await provisionJdoe();
    const before = (await domain.request('GET', path)).body as object;
    const response = await domain.request(
      'PATCH',
      path,
      patchBody(
        { op: 'Replace', path: target, value: expand(value) },
        { op: 'Replace', path: 'active', value: 'False' },
      ),
    );
    expect(response.status).toBe(200);
    const { meta: _, ...unchanged } = before as { meta: object };
    expect(response.body).toMatchObject({ ...unchanged, active: false });
    await expectInactive(id);
  },
);

it('a bulk ends the license, too', async () => {
  const { id, path } = await provisionJdoe();
  const data = {
    schemas: [PATCH_OP],
    Operations: [{ op: 'replace', value: { timezone: 'Mars', active: false } }],
  };
  const response = await domain.request('POST', '/Bulk', {
    schemas: [BULK_REQUEST],
    Operations: [{ method: 'PATCH', path, data }],
  });
  expect(response.body).toMatchObject({ Operations: [{ status: '200' }] });
  await expectInactive(id);
});

it('a userName that another user has taken is refused, even if the user leaves', async () => {
  const other = await provisionUser(domain);
  const { path } = await provisionJdoe();
  const rename = { op: 'replace', path: 'userName', value: other.userName };
  const leave = { op: 'replace', path: 'active', value: false };
  expect((await domain.request('PATCH', path, patchBody(rename, leave))).status).toBe(409);
  expect((await domain.request('PUT', path, { userName: other.userName, active: false })).status).toBe(409);
});

it('readiness names the values that were skipped, with the reason', async () => {
  const { path } = await provisionJdoe();
  await domain.request(
    'PATCH',
    path,
    patchBody({ op: 'replace', value: { timezone: 'Mars', active: false } }),
  );
  const { findings } = await readReadiness(domain);
  const details = findings.find(({ code }) => code === 'attributes-ignored')?.details ?? [];
  const timezone = details.find(({ attribute }) => attribute === 'timezone');
  expect(timezone?.reason).toContain('IANA');
});
