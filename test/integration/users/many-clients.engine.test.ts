import { setTimeout as sleep } from 'node:timers/promises';
import { ENTERPRISE_USER_SCHEMA } from '../../../shared/scim/urns';
import { uniqueName, type Operation, patchBody, replaceBody, userBody } from '../../support/requests/bodies';
import { expectConsistent } from '../../support/consistency/consistency';
import { provisionUser } from '../../support/requests/provision-user';
import {
  type ClientResponse,
  type DomainClient,
  createDomainClient,
  persistentClient,
} from '../../support/system/system';
import { runConcurrently, countOutcomes } from '../../support/requests/outcomes';

const CLIENTS = 50;
/** About the duration of all requests one after the other. */
const MAX_BACKOFF_MS = 3_000;

let domain: DomainClient;
beforeAll(async () => {
  domain = persistentClient(await createDomainClient());
});
afterEach(() => expectConsistent(domain.domainId));

const newUser = () => provisionUser(domain, userBody(uniqueName(), { active: false }));
const versionOf = ({ headers }: ClientResponse): string => headers.get('etag') ?? '';

/** Sends the PATCH of one client. */
type SendPatch = (path: string, body: object) => Promise<ClientResponse>;
const withoutIfMatch: SendPatch = (path, body) => domain.request('PATCH', path, body);

/** Changes the version that it has read, and tries again after a random delay if another client was first. */
const withIfMatch: SendPatch = async (path, body) => {
  for (;;) {
    const read = await domain.request('GET', `${path}?attributes=id`);
    const response = await domain.request('PATCH', path, body, { 'if-match': versionOf(read) });
    if (response.status !== 412) return response;
    await sleep(Math.random() * MAX_BACKOFF_MS);
  }
};

describe.each([
  ['without If-Match', withoutIfMatch],
  ['with If-Match', withIfMatch],
])(`${CLIENTS} concurrent clients %s`, (_, send) => {
  it('add and remove members of one group, and each change is applied once', async () => {
    const users = await runConcurrently(CLIENTS, newUser);
    const leaving = users.slice(0, CLIENTS / 2);
    const joining = users.slice(CLIENTS / 2);
    const group = await domain.request('POST', '/Groups', {
      displayName: uniqueName('group'),
      members: leaving.map(({ id }) => ({ value: id })),
    });
    const { id: groupId } = group.body as { id: string };
    const operationOf = (id: string): Operation =>
      leaving.some((user) => user.id === id)
        ? { op: 'remove', path: `members[value eq "${id}"]` }
        : { op: 'add', path: 'members', value: [{ value: id }] };

    const responses = await Promise.all(
      users.map(({ id }) => send(`/Groups/${groupId}`, patchBody(operationOf(id)))),
    );

    const { '200': shown = 0, '204': large = 0, ...others } = countOutcomes(responses);
    expect(others).toEqual({});
    expect(shown + large).toBe(CLIENTS);
    const { groups, memberships, users: stored } = await expectConsistent(domain.domainId);
    const isOfGroup = ({ groupId: of }: { groupId: string }) => of === groupId;
    const ids = joining.map(({ id }) => id).sort();
    expect(memberships.filter(isOfGroup).map(({ userId }) => userId)).toEqual(ids);
    expect(stored.flatMap(({ id, groupIds }) => (groupIds.includes(groupId) ? [id] : []))).toEqual(ids);
    expect(groups.find(({ id }) => id === groupId)).toMatchObject({
      version: 1 + CLIENTS,
      memberCount: joining.length,
    });
    for (const { id } of leaving) expect(stored.find((user) => user.id === id)).toMatchObject({ version: 3 });
    for (const { id } of joining) expect(stored.find((user) => user.id === id)).toMatchObject({ version: 2 });
  });

  it('change attributes and values of one user, and all changes are kept', async () => {
    const { id, path } = await newUser();
    const names = [...SIMPLE_ATTRIBUTES, ...NAME_SUBATTRIBUTES.map((name) => `name.${name}`), ...ENTERPRISE];
    const roles = Array.from({ length: CLIENTS - names.length }, (__, at) => `role ${at + 10}`);
    const bodies = [
      ...names.map((name) => replaceBody(name, `new ${name}`)),
      ...roles.map((value) => patchBody({ op: 'add', path: 'roles', value: [{ value }] })),
    ];

    const responses = await Promise.all(bodies.map((body) => send(path, body)));

    expect(countOutcomes(responses)).toEqual({ '200': CLIENTS });
    expect(new Set(responses.map(versionOf)).size).toBe(CLIENTS);
    const { users } = await expectConsistent(domain.domainId);
    const expectedValues = (all: readonly string[], start = '') =>
      Object.fromEntries(all.map((name) => [name.slice(start.length), `new ${name}`]));
    const user = users.find((each) => each.id === id);
    expect(user).toMatchObject({
      version: 1 + CLIENTS,
      attributes: {
        ...expectedValues(SIMPLE_ATTRIBUTES),
        name: Object.fromEntries(NAME_SUBATTRIBUTES.map((name) => [name, `new name.${name}`])),
        [ENTERPRISE_USER_SCHEMA]: expectedValues(ENTERPRISE, `${ENTERPRISE_USER_SCHEMA}:`),
      },
    });
    const stored = user?.attributes.roles as { value: string }[];
    expect(stored.map(({ value }) => value).sort()).toEqual(roles);
  });
});

const SIMPLE_ATTRIBUTES = [
  'title',
  'displayName',
  'nickName',
  'externalId',
  'locale',
  'preferredLanguage',
  'userType',
];
const NAME_SUBATTRIBUTES = [
  ...['formatted', 'familyName', 'givenName', 'middleName'],
  ...['honorificPrefix', 'honorificSuffix'],
];
const ENTERPRISE = ['employeeNumber', 'costCenter', 'organization', 'division', 'department'].map(
  (name) => `${ENTERPRISE_USER_SCHEMA}:${name}`,
);
