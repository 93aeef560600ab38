import { suppressionWrite } from '../../../shared/store/mail/suppression-store';
import {
  adminClient,
  portalUserClient,
  portalUserIdOf,
  signedInClient,
  waitUntilKeyIsMailed,
} from '../../support/system/admin-client';
import type { AdminCase, CaseContext } from './cases/admin-case';
import { OPERATOR_EMAIL, OTHER_VIEWER_EMAIL } from './cases/administrator-cases';
import { ADMIN_CASES } from './cases/admin-cases';
import { OPERATIONS, operationById, documentViolations } from './admin-document';
import { BOUNCED_ADDRESS } from './cases/user-cases';
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
  const members = [{ value: userId }];
  const group = await request('POST', '/Groups', { displayName: 'Staff', externalId: 'staff-1', members });
  const ref = { domainId, userId, mailId: userId };
  const problem = { kind: 'bounced', at: new Date().toISOString(), address: BOUNCED_ADDRESS } as const;
  await (await systemTable()).transact([suppressionWrite(ref, problem)]);
  await waitUntilKeyIsMailed(ref);
  const [otherViewerId, operatorId] = [`other-viewer-of-${domainId}`, `operator-of-${domainId}`];
  const verified = (email: string) => ({ claims: { email, email_verified: true } });
  await signedInClient({
    id: otherViewerId,
    roles: [`${domainId}:viewer`],
    ...verified(OTHER_VIEWER_EMAIL),
  });
  await signedInClient({ id: operatorId, roles: ['operator'], ...verified(OPERATOR_EMAIL) });
  context = {
    parameters: {
      ...{
        domainId,
        userId,
        address: BOUNCED_ADDRESS,
        inactive: idIn(inactive),
        groupId: idIn(group),
        otherViewerId,
        operatorId,
      },
      ownerId: portalUserIdOf(domainId, 'owner'),
    },
    callers: {
      operator: adminClient(),
      owner: await portalUserClient(domainId, 'owner'),
      viewer: await portalUserClient(domainId, 'viewer'),
      anonymous: adminClient(''),
    },
  };
});

/** Returns the value of a parameter. A value may be the name of another parameter. */
const parameterValue = (parameters: Record<string, string>, name: string): string => {
  const value = parameters[name] ?? '';
  return parameters[value] ?? value;
};

const casesWithTitles = ADMIN_CASES.map((each): [title: string, AdminCase] => {
  const { operationId, status, condition, caller = 'operator' } = each;
  const article = /^[ao]/.test(caller) ? 'an' : 'a';
  const suffix = condition ? `, if ${condition}` : '';
  return [`${operationId} returns ${status} for ${article} ${caller} caller${suffix}`, each];
});

describe('the admin API conforms to its OpenAPI document', () => {
  it.each(casesWithTitles)(
    '%s',
    async (_, { operationId, status, caller = 'operator', query, body, ...rest }) => {
      const { method, path } = operationById(operationId);
      const parameters: Record<string, string> = { ...context.parameters, ...rest.parameters };
      const filled = path.replace(/\{(\w+)\}/g, (__, name: string) =>
        encodeURIComponent(parameterValue(parameters, name)),
      );
      const fill = (given: unknown): unknown =>
        typeof given === 'function' ? (given as (values: object) => unknown)(parameters) : given;
      const search = query === undefined ? '' : `?${fill(query) as string}`;
      const send = () => context.callers[caller](method, filled + search, fill(body));
      const response = await (operationId === 'redriveMail' ? exclusively('redrive', send) : send());
      expect({
        status: response.status,
        problems: documentViolations(operationById(operationId), response),
      }).toEqual({
        status,
        problems: [],
      });
      rest.check?.(response, context);
    },
  );

  it('has a case for each documented status of each operation', () => {
    const tested = new Set(ADMIN_CASES.map(({ operationId, status }) => `${operationId} ${status}`));
    const documented = OPERATIONS.flatMap(({ operationId, responses }) =>
      Object.keys(responses)
        .filter((status) => status !== 'default')
        .map((status) => `${operationId} ${status}`),
    );
    expect(documented.filter((each) => !tested.has(each) && !isTestedElsewhere(each))).toEqual([]);
  });
});

/**
 * Other files test these responses: admin-access tests 401 and 403 of all operations, admin-responses tests
 * 429, simultaneous-admin-changes tests conflicts, api-key-quota tests a creation without an API key that is
 * left, scim-key-admin tests the limit of keys, and suppression-store tests emails that fail while their
 * address is cleared.
 */
const isTestedElsewhere = (each: string): boolean =>
  / (401|403|429)$/.test(each) ||
  [
    'changeDomain 409',
    'createDomain 409',
    'createConnection 409',
    'createScimKey 409',
    'revokeConnection 409',
    'withdrawAdministratorsFromRoles 409',
    'revokeCredential 409',
    'clearAddress 409',
    // Only a deployment that requires addresses refuses to activate a user without one.
    'activateUser 400',
    // mapped-administrators tests these.
    'resendMappedInvitation 200',
    'resendMappedInvitation 409',
    // events-api tests these.
    'listDomainEvents 409',
    'listDeploymentEvents 409',
    // subscription-admin tests the limit, and subscription-kinds a kind that the deployment does not have.
    'createDomainSubscription 409',
    'createDeploymentSubscription 409',
  ].includes(each) ||
  // setup-link-admin and setup-link-access test these.
  [
    'createSetupLink 409',
    'sendSetupCode 202',
    'sendSetupCode 409',
    'openSetupLink 201',
    'openSetupLink 409',
  ].includes(each);
