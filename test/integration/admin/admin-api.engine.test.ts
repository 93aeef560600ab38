import { suppressionWrite } from '../../../shared/store/mail/suppression-store';
import { adminClient, waitUntilKeyIsMailed, portalUserClient } from '../../support/system/admin-client';
import { BOUNCED_ADDRESS, type AdminCase, ADMIN_CASES, type CaseContext } from './admin-cases';
import { OPERATIONS, operationById, documentViolations } from './admin-document';
import { systemTable } from '../../support/consistency/domain-data';
import { exclusively } from '../../support/system/exclusive';
import { type ClientResponse, createDomainClient } from '../../support/system/system';

const idIn = ({ body }: ClientResponse): string => (body as { id: string }).id;

let context: CaseContext;

beforeAll(async () => {
  const { domainId, request } = await createDomainClient({ name: 'Documented' });
  const user = await request('POST', '/Users', { userName: `${domainId}@example.com` });
  const userId = idIn(user);
  const inactive = await request('POST', '/Users', { userName: `x-${domainId}@example.com`, active: false });
  await request('POST', '/Groups', { displayName: 'Staff', members: [{ value: userId }] });
  const ref = { domainId, userId, mailId: userId };
  const problem = { kind: 'bounced', at: new Date().toISOString(), address: BOUNCED_ADDRESS } as const;
  await (await systemTable()).transact([suppressionWrite(ref, problem)]);
  await waitUntilKeyIsMailed(ref);
  context = {
    parameters: { domainId, userId, address: BOUNCED_ADDRESS, inactive: idIn(inactive) },
    callers: {
      operator: adminClient(),
      owner: await portalUserClient(domainId, 'owner'),
      viewer: await portalUserClient(domainId, 'viewer'),
      nobody: adminClient(''),
    },
  };
});

/** A parameter may name another. */
const valueOf = (parameters: Record<string, string>, name: string): string => {
  const value = parameters[name] ?? '';
  return parameters[value] ?? value;
};

const titled = ADMIN_CASES.map((each): [title: string, AdminCase] => {
  const { operationId, status, when, caller = 'operator' } = each;
  return [`${operationId} ${status} to the ${caller}${when ? `, when ${when}` : ''}`, each];
});

describe('the admin API answers as its document says', () => {
  it.each(titled)('%s', async (_, { operationId, status, caller = 'operator', query, body, ...rest }) => {
    const { method, path } = operationById(operationId);
    const parameters: Record<string, string> = { ...context.parameters, ...rest.parameters };
    const filled = path.replace(/\{(\w+)\}/g, (__, name: string) =>
      encodeURIComponent(valueOf(parameters, name)),
    );
    const send = () => context.callers[caller](method, filled + (query ? `?${query}` : ''), body);
    const answer = await (operationId === 'redriveMail' ? exclusively('redrive', send) : send());
    expect({
      status: answer.status,
      problems: documentViolations(operationById(operationId), answer),
    }).toEqual({
      status,
      problems: [],
    });
    rest.check?.(answer, context);
  });

  it('to everything that it documents', () => {
    const asked = new Set(ADMIN_CASES.map(({ operationId, status }) => `${operationId} ${status}`));
    const documented = OPERATIONS.flatMap(({ operationId, responses }) =>
      Object.keys(responses).map((status) => `${operationId} ${status}`),
    );
    expect(documented.filter((each) => !asked.has(each) && !isTestedElsewhere(each))).toEqual([]);
  });
});

/**
 * 401 and 403 of every operation: admin-access. 429 is API Gateway's own: admin-responses. A lost race: admin-race. Too many keys:
 * scim-key-admin.
 */
const isTestedElsewhere = (each: string): boolean =>
  / (401|403|429)$/.test(each) || each === 'changeDomain 409' || each === 'createScimKey 409';
