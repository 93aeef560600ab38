import { newId } from '../../../../shared/id';
import { linkPartsOf } from '../../../support/system/setup-links';
import type { AdminCase } from './admin-case';

const EMAIL = 'it@example.com';
const SECRET = 'x'.repeat(43);

/** Cases for setup links. setup-link-access.engine.test.ts opens links. */
export const SETUP_LINK_CASES: readonly AdminCase[] = [
  {
    operationId: 'createSetupLink',
    status: 201,
    caller: 'owner',
    body: { email: EMAIL, accountRole: 'viewer' },
    check: ({ body }, { parameters }) => {
      expect(body.link).toMatchObject({
        email: EMAIL,
        accountRole: 'viewer',
        status: 'pending',
        createdBy: 'owner',
      });
      const { domainId, linkId, secret } = linkPartsOf(String(body.url));
      expect(domainId).toBe(parameters.domainId);
      Object.assign(parameters, { linkId, secret });
    },
  },
  { operationId: 'createSetupLink', status: 400, body: { email: 'it' } },
  {
    operationId: 'createSetupLink',
    status: 400,
    condition: 'the role does not exist',
    body: { email: EMAIL, accountRole: 'operator' },
  },
  {
    operationId: 'listSetupLinks',
    status: 200,
    caller: 'viewer',
    check: ({ body }, { parameters }) => {
      expect(body.items).toMatchObject([{ linkId: parameters.linkId, email: EMAIL }]);
      expect(JSON.stringify(body)).not.toContain(parameters.secret);
    },
  },
  {
    operationId: 'checkDeployment',
    status: 200,
    check: ({ body }) =>
      expect((body.items as readonly { check?: string }[]).map(({ check }) => check)).toContain('sender'),
  },
  { operationId: 'getSetupProgress', status: 200, caller: 'viewer' },
  { operationId: 'getSetupProgress', status: 200, query: `connectionId=${newId()}` },
  { operationId: 'getSetupProgress', status: 400, query: 'connectionId=x' },
  { operationId: 'sendSetupCode', status: 400, caller: 'anonymous', body: {} },
  {
    operationId: 'sendSetupCode',
    status: 404,
    caller: 'anonymous',
    body: { domainId: newId(), secret: SECRET },
  },
  { operationId: 'openSetupLink', status: 400, caller: 'anonymous', body: {} },
  {
    operationId: 'openSetupLink',
    status: 404,
    caller: 'anonymous',
    body: { domainId: newId(), secret: SECRET, code: '000000' },
  },
  { operationId: 'revokeSetupLink', status: 204, caller: 'owner' },
  { operationId: 'revokeSetupLink', status: 204, condition: 'it was revoked before' },
  { operationId: 'revokeSetupLink', status: 404, parameters: { linkId: newId() } },
];
