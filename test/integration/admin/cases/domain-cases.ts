import document from '../../../../docs/admin-api.openapi.json';
import { newId } from '../../../../shared/id';
import type { AdminCase } from './admin-case';

/** Cases for the document, the caller, domains, and SCIM keys. */
export const DOMAIN_CASES: readonly AdminCase[] = [
  {
    operationId: 'getOpenApi',
    status: 200,
    caller: 'anonymous',
    check: ({ body }) => expect(body).toEqual(document),
  },
  {
    operationId: 'getMe',
    status: 200,
    check: ({ body }) => expect(body).toMatchObject({ kind: 'adminToken', operator: true, domains: [] }),
  },
  {
    operationId: 'getMe',
    status: 200,
    condition: 'the caller is a portal user',
    caller: 'owner',
    check: ({ body }, { parameters }) =>
      expect(body).toMatchObject({
        name: 'owner',
        kind: 'user',
        operator: false,
        domains: [{ domainId: parameters.domainId, name: 'Documented', role: 'owner' }],
      }),
  },
  {
    operationId: 'listDomains',
    status: 200,
    query: 'limit=1',
    check: ({ body }) => expect(body.next).toEqual(expect.any(String)),
  },
  { operationId: 'listDomains', status: 400, query: 'limit=0' },
  { operationId: 'listDomains', status: 400, condition: 'the cursor is malformed', query: 'cursor=abc' },
  { operationId: 'listDomains', status: 400, condition: 'a parameter is misspelled', query: 'limt=5' },
  {
    operationId: 'createDomain',
    status: 201,
    body: {
      name: 'New',
      scimAvailable: false,
      scimEnabled: false,
      ratePlan: 'gallery',
      seats: 5,
      seatPolicy: 'wait',
      mailDelayMinutes: 15,
      notifyAddresses: ['it@example.com'],
    },
    check: ({ body }, { parameters }) => {
      expect(body).toMatchObject({
        name: 'New',
        scimAvailable: false,
        scimEnabled: false,
        ratePlan: 'gallery',
        seats: 5,
        seatPolicy: 'wait',
        mailDelayMinutes: 15,
        notifyAddresses: ['it@example.com'],
      });
      parameters.newDomainId = body.domainId;
    },
  },
  { operationId: 'createDomain', status: 400, body: { name: '' } },
  {
    operationId: 'createDomain',
    status: 400,
    condition: 'the body has an unknown property',
    body: { name: 'x', plan: 'gallery' },
  },
  { operationId: 'createDomain', status: 400, condition: 'the body is not JSON', body: '{' },
  { operationId: 'createDomain', status: 403, caller: 'owner', body: { name: 'Mine' } },
  { operationId: 'getDomain', status: 200, caller: 'viewer' },
  {
    operationId: 'changeDomain',
    status: 200,
    caller: 'owner',
    body: { name: 'Renamed', mailDelayMinutes: 5, notifyAddresses: [' IT@example.com ', 'it@example.com'] },
    check: ({ body }) =>
      expect(body).toMatchObject({
        name: 'Renamed',
        mailDelayMinutes: 5,
        notifyAddresses: ['IT@example.com'],
        ratePlan: 'unmetered',
      }),
  },
  {
    operationId: 'changeDomain',
    status: 200,
    condition: 'the caller sets the seats',
    body: { seats: null, seatPolicy: 'wait', name: 'Documented' },
    check: ({ body }) => expect(body).toMatchObject({ seats: null, seatPolicy: 'wait' }),
  },
  {
    operationId: 'changeDomain',
    status: 200,
    condition: 'the caller limits and pauses emails',
    body: { mailPaused: true, mailsPerHour: 500, mailMinutesPerAddress: 1_440 },
    check: ({ body }) =>
      expect(body).toMatchObject({ mailPaused: true, mailsPerHour: 500, mailMinutesPerAddress: 1_440 }),
  },
  {
    operationId: 'changeDomain',
    status: 200,
    condition: 'the caller resumes emails, with the default limits',
    body: { mailPaused: false, mailsPerHour: null, mailMinutesPerAddress: 0 },
    check: ({ body }) =>
      expect(body).toMatchObject({ mailPaused: false, mailsPerHour: null, mailMinutesPerAddress: 0 }),
  },
  ...[{ mailPaused: true }, { mailsPerHour: 1 }, { mailMinutesPerAddress: 0 }].map((body): AdminCase => ({
    operationId: 'changeDomain',
    status: 403,
    condition: `an owner changes ${Object.keys(body).join()}`,
    caller: 'owner',
    body,
  })),
  ...[0, -1, 1.5, 1_000_001, 'many'].map((mailsPerHour): AdminCase => ({
    operationId: 'changeDomain',
    status: 400,
    condition: `the number of emails per hour is ${mailsPerHour}`,
    body: { mailsPerHour },
  })),
  ...[-1, 0.5, 1_441, '10'].map((mailMinutesPerAddress): AdminCase => ({
    operationId: 'changeDomain',
    status: 400,
    condition: `the minutes per address are ${mailMinutesPerAddress}`,
    body: { mailMinutesPerAddress },
  })),
  { operationId: 'changeDomain', status: 400, condition: 'the pause is a text', body: { mailPaused: 'yes' } },
  { operationId: 'changeDomain', status: 400, body: {} },
  {
    operationId: 'changeDomain',
    status: 400,
    condition: 'a value is invalid',
    body: { mailDelayMinutes: 10_081 },
  },
  {
    operationId: 'changeDomain',
    status: 400,
    condition: 'an address to notify is invalid',
    caller: 'owner',
    body: { notifyAddresses: ['it@example.com', 'nobody'] },
    check: ({ body }) => expect(body.detail).toContain('"nobody"'),
  },
  {
    operationId: 'changeDomain',
    status: 400,
    condition: 'the addresses to notify are not a list',
    caller: 'owner',
    body: { notifyAddresses: 'it@example.com' },
  },
  {
    operationId: 'changeDomain',
    status: 403,
    condition: 'a viewer changes the addresses to notify',
    caller: 'viewer',
    body: { notifyAddresses: [] },
  },
  {
    operationId: 'changeDomain',
    status: 403,
    condition: 'the caller changes a setting of operators',
    caller: 'owner',
    body: { name: 'x', seats: 1_000 },
  },
  {
    operationId: 'createScimKey',
    status: 201,
    caller: 'owner',
    body: { name: 'Okta', expireTime: '2999-01-01T01:00:00+01:00' },
    check: ({ body }, { parameters }) => {
      expect(body.key).toMatchObject({
        name: 'Okta',
        status: 'active',
        expireTime: '2999-01-01T00:00:00.000Z',
      });
      parameters.keyId = body.key.keyId;
    },
  },
  {
    operationId: 'createScimKey',
    status: 400,
    caller: 'owner',
    body: { name: 'Okta', expireTime: 'tomorrow' },
  },
  {
    operationId: 'createScimKey',
    status: 400,
    condition: 'the expiry is in the past',
    caller: 'owner',
    body: { name: 'Okta', expireTime: '2020-01-01T00:00:00Z' },
  },
  {
    operationId: 'listScimKeys',
    status: 200,
    caller: 'viewer',
    check: ({ body }) => expect(body.items).toHaveLength(2),
  },
  {
    operationId: 'verifyNames',
    status: 200,
    body: {},
    check: ({ body }) => expect(body).toMatchObject({ outdated: 0, repaired: 0, duplicates: [] }),
  },
  { operationId: 'verifyNames', status: 400, body: { repair: 'yes' } },
  {
    operationId: 'verifyNames',
    status: 400,
    condition: 'the cursor is of another list',
    body: { cursor: 'x' },
  },
  { operationId: 'verifyNames', status: 403, caller: 'owner', body: { repair: true } },
  {
    operationId: 'verifyCounts',
    status: 200,
    body: {},
    check: ({ body }) =>
      expect(body).toMatchObject({ differences: [], groups: [], repaired: 0, exact: true }),
  },
  { operationId: 'verifyCounts', status: 400, body: { repair: 'yes' } },
  {
    operationId: 'verifyCounts',
    status: 400,
    condition: 'the cursor is of another list',
    body: { cursor: 'x' },
  },
  {
    operationId: 'verifyCounts',
    status: 400,
    condition: 'the verification has ended',
    body: { repair: true, cursor: Buffer.from(JSON.stringify({ checkId: newId() })).toString('base64url') },
  },
  { operationId: 'verifyCounts', status: 403, caller: 'owner', body: { repair: true } },
  {
    operationId: 'verifyItems',
    status: 200,
    body: { scan: false },
    check: ({ body }) => expect(body).toMatchObject({ problems: [], repaired: 0 }),
  },
  { operationId: 'verifyItems', status: 400, body: { maxReadUnits: 0 } },
  {
    operationId: 'verifyItems',
    status: 400,
    condition: 'the cursor is of another list',
    body: { cursor: 'x' },
  },
  { operationId: 'verifyItems', status: 403, caller: 'owner', body: { repair: true } },
  // Other tests corrupt their domains, so nothing is repaired here, and only a few items are read.
  { operationId: 'verifyAllItems', status: 200, body: { maxReadUnits: 1 } },
  { operationId: 'verifyAllItems', status: 400, body: { repair: 'yes' } },
  { operationId: 'verifyAllItems', status: 403, caller: 'owner', body: { repair: true } },
  {
    operationId: 'startSimulation',
    status: 201,
    caller: 'owner',
    check: ({ body }, { parameters }) => {
      expect(body.token).toMatch(/^scim_/);
      parameters.simulationId = body.simulationId as string;
    },
  },
  { operationId: 'endSimulation', status: 204, caller: 'owner' },
  { operationId: 'endSimulation', status: 204, condition: 'the request is repeated', caller: 'owner' },
  { operationId: 'endSimulation', status: 404, caller: 'owner', parameters: { simulationId: newId() } },
  { operationId: 'revokeScimKey', status: 204, caller: 'owner' },
  { operationId: 'revokeScimKey', status: 204, condition: 'the request is repeated', caller: 'owner' },
  { operationId: 'revokeScimKey', status: 404, caller: 'owner', parameters: { keyId: newId() } },
  {
    operationId: 'revokeScimKey',
    status: 404,
    condition: 'the id is malformed',
    caller: 'owner',
    parameters: { keyId: 'x'.repeat(2_000) },
  },
];
