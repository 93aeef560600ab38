import { suppressionWrite } from '../../../shared/store/mail/suppression-store';
import { transact } from '../../../shared/store/table/transaction';
import { adminClient, keyIsMailed, portalUser } from '../../support/system/admin-client';
import { ADDRESS, type Case, CASES, type World } from './admin-cases';
import { OPERATIONS, operation, problemsOf } from './admin-document';
import { testTable } from '../../support/consistency/domain-data';
import { type Answer, newDomain } from '../../support/system/system';

const idIn = ({ body }: Answer): string => (body as { id: string }).id;

let world: World;

beforeAll(async () => {
  const { domainId, request } = await newDomain({ name: 'Documented' });
  const user = await request('POST', '/Users', { userName: `${domainId}@example.com` });
  const userId = idIn(user);
  const inactive = await request('POST', '/Users', { userName: `x-${domainId}@example.com`, active: false });
  await request('POST', '/Groups', { displayName: 'Staff', members: [{ value: userId }] });
  const ref = { domainId, userId, mailId: userId };
  const problem = { kind: 'bounced', at: new Date().toISOString(), address: ADDRESS } as const;
  await transact(await testTable(), [suppressionWrite(ref, problem)]);
  await keyIsMailed(ref);
  world = {
    parameters: { domainId, userId, address: ADDRESS, inactive: idIn(inactive) },
    callers: {
      operator: adminClient(),
      owner: await portalUser(domainId, 'owner'),
      viewer: await portalUser(domainId, 'viewer'),
      nobody: adminClient(''),
    },
  };
});

/** A parameter may name another. */
const valueOf = (parameters: Record<string, string>, name: string): string => {
  const value = parameters[name] ?? '';
  return parameters[value] ?? value;
};

const titled = CASES.map((each): [title: string, Case] => {
  const { operationId, status, when, as = 'operator' } = each;
  return [`${operationId} ${status} to the ${as}${when ? `, when ${when}` : ''}`, each];
});

describe('the admin API answers as its document says', () => {
  it.each(titled)('%s', async (_, { operationId, status, as = 'operator', query, body, ...rest }) => {
    const { method, path } = operation(operationId);
    const parameters: Record<string, string> = { ...world.parameters, ...rest.parameters };
    const filled = path.replace(/\{(\w+)\}/g, (__, name: string) =>
      encodeURIComponent(valueOf(parameters, name)),
    );
    const answer = await world.callers[as](method, filled + (query ? `?${query}` : ''), body);
    expect({ status: answer.status, problems: problemsOf(operation(operationId), answer) }).toEqual({
      status,
      problems: [],
    });
    rest.then?.(answer, world);
  });

  it('to everything that it documents', () => {
    const asked = new Set(CASES.map(({ operationId, status }) => `${operationId} ${status}`));
    const documented = OPERATIONS.flatMap(({ operationId, responses }) =>
      Object.keys(responses).map((status) => `${operationId} ${status}`),
    );
    expect(documented.filter((each) => !asked.has(each) && !isAskedElsewhere(each))).toEqual([]);
  });
});

/**
 * 401 and 403 of every operation: admin-access. 429 is API Gateway's own: admin-responses. A lost race: admin-race. Too many keys:
 * scim-key-admin.
 */
const isAskedElsewhere = (each: string): boolean =>
  / (401|403|429)$/.test(each) || each === 'changeDomain 409' || each === 'createScimKey 409';
