import { GROUP_SCHEMA } from '../../../shared/scim/urns';
import { uniqueName, replaceBody, userBody } from '../../support/requests/bodies';
import { expectConsistent } from '../../support/consistency/consistency';
import { provisionUser } from '../../support/requests/provision-user';
import { listMailsTo, waitForMail } from '../../support/system/mails';
import { type DomainClient, createDomainClient, persistentClient } from '../../support/system/system';
import { runConcurrently, countOutcomes } from '../../support/requests/outcomes';

const ROUNDS = 20;
const PARALLEL = 10;

let domain: DomainClient;
beforeAll(async () => {
  domain = persistentClient(await createDomainClient());
});

/** Writes a name in mixed case. SCIM compares names without case. */
const withMixedCase = (name: string, at: number): string =>
  [...name].map((letter, index) => ((index >> (at % 4)) & 1 ? letter.toUpperCase() : letter)).join('');

describe('concurrent requests for one name', () => {
  it(`create one user with one license and one email for ${PARALLEL} POSTs, in each of ${ROUNDS} rounds`, async () => {
    const names = Array.from({ length: ROUNDS }, () => uniqueName('race'));
    for (const name of names) {
      const responses = await runConcurrently(PARALLEL, (at) => {
        const body = userBody(withMixedCase(name, at), { emails: [{ value: name, primary: true }] });
        return domain.request('POST', '/Users', body);
      });
      expect(countOutcomes(responses)).toEqual({ '201': 1, '409 uniqueness': PARALLEL - 1 });
    }
    const { counts, licenses, audit } = await expectConsistent(domain.domainId);
    expect(counts).toMatchObject({ users: ROUNDS, activeLicenses: ROUNDS });
    expect(licenses.map(({ email }) => email).sort()).toEqual([...names].sort());
    expect(audit).toHaveLength(ROUNDS);
    for (const name of names) await waitForMail(name);
    for (const name of names) expect(await listMailsTo(name)).toHaveLength(1);
  });

  it('create one group', async () => {
    const responses = await runConcurrently(PARALLEL, (at) =>
      domain.request('POST', '/Groups', {
        schemas: [GROUP_SCHEMA],
        displayName: withMixedCase('the only team', at),
      }),
    );
    expect(countOutcomes(responses)).toEqual({ '201': 1, '409 uniqueness': PARALLEL - 1 });
    expect((await expectConsistent(domain.domainId)).counts.groups).toBe(1);
  });

  it.each(['PATCH', 'PUT'])(
    'let one rename by %s succeed, and the other users keep their names',
    async (method) => {
      const users = await runConcurrently(PARALLEL, () => provisionUser(domain));
      const newName = uniqueName('new');
      const responses = await runConcurrently(PARALLEL, (at) => {
        const name = withMixedCase(newName, at);
        const body = method === 'PUT' ? userBody(name) : replaceBody('userName', name);
        return domain.request(method, users[at]!.path, body);
      });
      expect(countOutcomes(responses)).toEqual({ '200': 1, '409 uniqueness': PARALLEL - 1 });
      const { claims } = await expectConsistent(domain.domainId);
      const winner = users[responses.findIndex(({ status }) => status === 200)]!;
      expect(claims.find(({ name }) => name === newName)?.ownerId).toBe(winner.id);
      expect(claims.map(({ name }) => name)).not.toContain(winner.userName);
      expect(claims.filter(({ ownerId }) => users.some(({ id }) => id === ownerId))).toHaveLength(PARALLEL);
    },
  );

  it('refuse to swap the names of two users', async () => {
    const [one, other] = await runConcurrently(2, () => provisionUser(domain));
    const responses = await Promise.all([
      domain.request('PATCH', one!.path, replaceBody('userName', other!.userName)),
      domain.request('PATCH', other!.path, replaceBody('userName', one!.userName)),
    ]);
    expect(countOutcomes(responses)).toEqual({ '409 uniqueness': 2 });
    await expectConsistent(domain.domainId);
  });

  it('allow a user to change the case of its own name', async () => {
    const { path, userName } = await provisionUser(domain);
    const response = await domain.request('PATCH', path, replaceBody('userName', userName.toUpperCase()));
    expect(response).toMatchObject({ status: 200, body: { userName: userName.toUpperCase() } });
    expect(countOutcomes([await domain.request('POST', '/Users', userBody(userName))])).toEqual({
      '409 uniqueness': 1,
    });
    await expectConsistent(domain.domainId);
  });

  it('create the user after a concurrent DELETE of the name, or refuse the POST', async () => {
    for (let round = 0; round < 5; round++) {
      const { path, userName } = await provisionUser(domain);
      const [deleted, ...posts] = await Promise.all([
        domain.request('DELETE', path),
        ...Array.from({ length: 4 }, () => domain.request('POST', '/Users', userBody(userName))),
      ]);
      expect(deleted.status).toBe(204);
      const { '201': created = 0, '409 uniqueness': refused = 0 } = countOutcomes(posts);
      expect(created).toBeLessThanOrEqual(1);
      expect(created + refused).toBe(posts.length);
    }
    await expectConsistent(domain.domainId);
  });
});
