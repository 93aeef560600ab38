import { json, sendTo } from './client';
import { type GatewayRig, startGateway } from './rig';

const DOMAIN = 'scim.example.com';

let rig: GatewayRig;
beforeAll(async () => {
  const mapping = (basePath: string) => ({ domainName: DOMAIN, basePath, stage: 'scim' });
  rig = await startGateway({ mappings: [mapping('api'), mapping('.well-known')] });
});
afterAll(() => rig.stop());
const send = (path: string, host = DOMAIN) => sendTo(rig, path, { headers: { 'x-custom-domain': host } });

describe('a custom domain', () => {
  it.each(['/api/open', '/.well-known/open'])('leads from its base path to the stage: %s', async (path) => {
    const { event } = json(await send(path));
    expect(event).toMatchObject({
      path: '/open',
      resource: '/open',
      requestContext: { domainName: DOMAIN, path, stage: 'scim' },
    });
  });

  it.each([
    ['the name of the stage', '/scim/open', DOMAIN],
    ['a longer name', '/apis/open', DOMAIN],
    ['another host', '/api/open', 'other.example.com'],
  ])('does not serve %s', async (_, path, host) => {
    expect((await send(path, host)).status).toBe(403);
  });

  it('keeps the address of the API itself', async () => {
    expect((await sendTo(rig, '/scim/open')).status).toBe(200);
  });
});
