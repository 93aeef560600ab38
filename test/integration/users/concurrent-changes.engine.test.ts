import { patchBody, replaceBody, userBody } from '../../support/requests/bodies';
import { expectConsistent } from '../../support/consistency/consistency';
import { provisionUser } from '../../support/requests/provision-user';
import { listMailsTo, type Mail } from '../../support/system/mails';
import {
  type ClientResponse,
  type DomainClient,
  createDomainClient,
  persistentClient,
} from '../../support/system/system';
import { runConcurrently, countOutcomes } from '../../support/requests/outcomes';
import { eventually } from '../../support/jest/timeouts';

let domain: DomainClient;
beforeAll(async () => {
  domain = persistentClient(await createDomainClient());
});
afterEach(() => expectConsistent(domain.domainId));

const ATTRIBUTES = {
  title: 'Countess',
  displayName: 'Ada Larsen',
  nickName: 'Ada',
  externalId: '0815',
  locale: 'en-GB',
  preferredLanguage: 'en',
  timezone: 'Europe/London',
  userType: 'Employee',
  'name.givenName': 'Ada',
  'name.familyName': 'Larsen',
};
const PARALLEL = Object.keys(ATTRIBUTES).length;

const versionOf = ({ headers }: ClientResponse): string => headers.get('etag') ?? '';

describe('concurrent changes of one user', () => {
  it('are all kept if they change different attributes', async () => {
    const { path } = await provisionUser(domain);
    const responses = await Promise.all(
      Object.entries(ATTRIBUTES).map(([name, value]) =>
        domain.request('PATCH', path, replaceBody(name, value)),
      ),
    );
    expect(countOutcomes(responses)).toEqual({ '200': PARALLEL });
    expect(new Set(responses.map(versionOf)).size).toBe(PARALLEL);
    const response = await domain.request('GET', path);
    expect(response.body).toMatchObject({
      title: 'Countess',
      externalId: '0815',
      nickName: 'Ada',
      timezone: 'Europe/London',
    });
    expect(response.body).toMatchObject({
      name: { givenName: 'Ada', familyName: 'Larsen' },
      locale: 'en-GB',
    });
    expect(versionOf(response)).toBe(`W/"${1 + PARALLEL}"`);
  });

  it('are all kept if they add elements to one attribute', async () => {
    const { path } = await provisionUser(domain);
    const responses = await runConcurrently(PARALLEL, (at) =>
      domain.request(
        'PATCH',
        path,
        patchBody({ op: 'add', path: 'roles', value: [{ value: `role ${at}` }] }),
      ),
    );
    expect(countOutcomes(responses)).toEqual({ '200': PARALLEL });
    const response = await domain.request('GET', path);
    const { roles } = response.body as { roles: { value: string }[] };
    expect(roles.map(({ value }) => value).sort()).toEqual(Array.from(roles, (_, at) => `role ${at}`));
    expect(roles).toHaveLength(PARALLEL);
  });

  it.each(['PATCH', 'PUT', 'DELETE'])(
    'let one %s with If-Match succeed, and refuse the others with 412',
    async (method) => {
      const user = userBody();
      const { path, etag } = await provisionUser(domain, user);
      const responses = await runConcurrently(PARALLEL, (at) => {
        const change = { title: `Title ${at}` };
        const body = { PATCH: replaceBody('title', change.title), PUT: { ...user, ...change } }[method];
        return domain.request(method, path, body, { 'if-match': etag });
      });
      const deletes = method === 'DELETE';
      const { '404': late = 0, '412': lost = 0, ...winners } = countOutcomes(responses);
      expect(winners).toEqual(deletes ? { '204': 1 } : { '200': 1 });
      expect(late + lost).toBe(PARALLEL - 1);
      // A request after the deletion finds no user, and returns 404.
      if (!deletes) expect(lost).toBe(PARALLEL - 1);
      const winner = responses.findIndex(({ status }) => status < 300);
      const current = await domain.request('GET', path);
      expect(current).toMatchObject(
        deletes
          ? { status: 404 }
          : { status: 200, body: { title: `Title ${winner}`, meta: { version: 'W/"2"' } } },
      );
    },
  );

  it('leave no data if one of them deletes the user', async () => {
    const { path, userName } = await provisionUser(domain);
    const responses = await Promise.all([
      ...Array.from({ length: 4 }, (_, at) =>
        domain.request('PATCH', path, replaceBody('title', `Title ${at}`)),
      ),
      domain.request('DELETE', path),
      ...Array.from({ length: 4 }, () => domain.request('PATCH', path, replaceBody('active', false))),
      domain.request('DELETE', path),
    ]);
    const { '200': changed = 0, '204': deleted = 0, '404': late = 0 } = countOutcomes(responses);
    expect({ deleted, all: changed + deleted + late }).toEqual({ deleted: 1, all: responses.length });
    expect((await domain.request('GET', path)).status).toBe(404);
    expect((await domain.request('POST', '/Users', userBody(userName))).status).toBe(201);
  });

  it('send at most one email for each actual change of the license, and that of the last state last', async () => {
    const { id, path, userName } = await provisionUser(domain);
    const responses = await runConcurrently(PARALLEL, (at) =>
      domain.request('PATCH', path, replaceBody('active', at % 2 === 0)),
    );
    expect(countOutcomes(responses)).toEqual({ '200': PARALLEL });
    const { audit } = await expectConsistent(domain.domainId);
    const licenseChanges = audit.filter(({ resourceId, license }) => resourceId === id && license);
    const isNotice = ({ subject }: Mail): boolean => subject.includes('deactivated');
    const endsWithNotice = licenseChanges.at(-1)?.license === 'deactivated';
    let mails: Mail[] = [];
    await eventually('the email of the last state', async () => {
      mails = await listMailsTo(userName);
      const last = mails.at(-1);
      return last !== undefined && isNotice(last) === endsWithNotice;
    });
    // Changes that follow each other faster than emails are sent cause one email.
    expect(mails.length).toBeLessThanOrEqual(licenseChanges.length);
  });
});
