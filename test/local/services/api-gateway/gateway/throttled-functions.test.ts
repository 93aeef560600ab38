import { InvocationThrottled } from '../../../../../local/services/lambda/function-error';
import { json, sendTo } from './client';
import { type GatewayRig, startGateway } from './rig';

let rig: GatewayRig;
beforeAll(async () => (rig = await startGateway()));
afterAll(() => rig.stop());
beforeEach(() => rig.flushAuthorizer());
afterEach(() => jest.restoreAllMocks());

const send = () => sendTo(rig, '/scim/guarded', { headers: { authorization: 'Bearer fine' } });

function throttle(name: string): void {
  const error = new InvocationThrottled('ConcurrentInvocationLimitExceeded');
  jest.spyOn(rig.functions.get(name), 'invoke').mockRejectedValueOnce(error);
}

it('responds with 500 if Lambda throttles the function, and repeats nothing', async () => {
  throttle('App-Echo');
  const answer = await send();
  expect(answer.status).toBe(500);
  expect(json(answer)).toEqual({ message: 'Internal server error' });
  expect(rig.logged.join('\n')).toContain('API_CONFIGURATION_ERROR Rate Exceeded.');
  expect((await send()).status).toBe(200);
});

it('responds with 500 if Lambda throttles the authorizer, and caches nothing', async () => {
  throttle('App-Guard');
  expect((await send()).status).toBe(500);
  expect((await send()).status).toBe(200);
});
