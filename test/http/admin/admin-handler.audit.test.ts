import { AdminError } from '../../../shared/service/admin/admin-error';
import {
  callHandler,
  DOMAIN,
  type Input,
  NOW,
  OPERATOR,
  postThings,
  resetHarness,
  state,
  VIEWER,
} from './admin-handler-harness';

const STRANGER = { ...OPERATOR, kind: 'user', roles: '{"operator":false,"domains":{}}' };

beforeEach(resetHarness);
afterEach(() => jest.restoreAllMocks());

describe('the audit event of a refused change', () => {
  it('names the caller, the route, and the reason', async () => {
    await callHandler({
      method: 'POST',
      path: `/domains/${DOMAIN}/things`,
      body: '{"name":"x"}',
      authorizer: VIEWER,
      headers: { 'X-Portal-Origin-Secret': 'secret', 'X-Forwarded-For': '203.0.113.5, 192.0.2.1' },
    });
    expect(state.audited).toEqual([
      [
        DOMAIN,
        expect.objectContaining({
          action: 'request.refused',
          at: NOW,
          actor: expect.objectContaining({ id: 'operator', sourceAddress: '203.0.113.5' }) as object,
          request: 'POST /domains/{domainId}/things',
          requestId: 'request-1',
          status: 403,
          reason: expect.stringContaining('not change it') as string,
        }),
      ],
    ]);
  });

  it.each<[string, Input]>([
    ['an invalid change', { body: '{}' }],
    ['a conflict', { body: '{"name":"x"}' }],
  ])('is written once for %s', async (_, input) => {
    state.thrown = new AdminError('Not now.', 'conflict');
    await callHandler({ method: 'POST', path: `/domains/${DOMAIN}/things`, ...input });
    expect(state.audited).toHaveLength(1);
  });

  it('goes into the log of the deployment if the path names no domain', async () => {
    await callHandler({ method: 'POST', path: '/things', authorizer: VIEWER });
    expect(state.audited).toEqual([['DEPLOYMENT', expect.objectContaining({ status: 403 })]]);
  });

  it.each<[string, Input]>([
    ['a caller without a role in the domain', { authorizer: STRANGER }],
    ['a request without a credential', { authorizer: null }],
    ['an unknown domain', { path: '/domains/01890000-0000-7000-8000-00000000000b/things' }],
    ['an invalid domain id', { path: `/domains/${'x'.repeat(3_000)}/things` }],
    ['a request that only reads', { method: 'GET', path: `/domains/${DOMAIN}`, query: { lmit: '1' } }],
    ['an unknown path', { path: '/nothing' }],
  ])('is not written for %s', async (_, input) => {
    await callHandler({ method: 'POST', path: `/domains/${DOMAIN}/things`, body: '{', ...input });
    expect(state.audited).toEqual([]);
  });

  it('does not change the response if it cannot be written', async () => {
    state.audited.push = () => {
      throw new Error('busy');
    };
    expect((await postThings('{')).status).toBe(400);
  });
});
