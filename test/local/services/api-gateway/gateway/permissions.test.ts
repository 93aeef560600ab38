import { json, sendTo } from './client';
import { type GatewayRig, startGateway } from './rig';

const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:App-';
const API = 'arn:aws:execute-api:us-east-1:000000000000:';

let rig: GatewayRig;
beforeAll(async () => (rig = await startGateway()));
afterAll(() => rig.stop());
beforeEach(() => {
  rig.forbidden.clear();
  rig.invocations.length = 0;
  rig.flushAuthorizer();
});
const send = () => sendTo(rig, '/scim/guarded', { headers: { authorization: 'Bearer fine' } });

it('asks for the permission to invoke a function with the ARN of the method or of the authorizer', async () => {
  expect((await send()).status).toBe(200);
  expect(rig.invocations).toEqual([
    [`${FUNCTION}Guard`, expect.stringMatching(new RegExp(`^${API}\\w+/authorizers/\\w+$`))],
    [`${FUNCTION}Echo`, expect.stringMatching(new RegExp(`^${API}\\w+/scim/(GET|\\*)/guarded$`))],
  ]);
});

it('responds with 500 if a method may not invoke its function', async () => {
  rig.forbidden.add(`${FUNCTION}Echo`);
  const answer = await send();
  expect(answer.status).toBe(500);
  expect(json(answer)).toEqual({ message: 'Internal server error' });
  expect(rig.logged.join('\n')).toContain('API_CONFIGURATION_ERROR Invalid permissions on Lambda function');
});

it('responds with 500 if an authorizer may not invoke its function', async () => {
  rig.forbidden.add(`${FUNCTION}Guard`);
  expect((await send()).status).toBe(500);
  expect(rig.logged.join('\n')).toContain(
    'AUTHORIZER_CONFIGURATION_ERROR Invalid permissions on Lambda function',
  );
});
