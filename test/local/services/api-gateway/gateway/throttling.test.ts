import { json, sendTo } from './client';
import { type GatewayRig, startGateway } from './rig';

let rig: GatewayRig;
beforeAll(async () => (rig = await startGateway()));
afterAll(() => rig.stop());
const send = (path: string, options?: Parameters<typeof sendTo>[2]) => sendTo(rig, path, options);

describe('usage plans', () => {
  const metered = (value: string) =>
    send('/scim/metered', { headers: { authorization: `Bearer t/${value}` } });

  function keyOn(plan: string): string {
    const value = `key-${plan}-${rig.keys.all().length}-of-the-tests`.toLowerCase();
    const { id } = rig.keys.create({ name: 'test', enabled: true, value });
    rig.keys.addToPlan(plan, { keyId: id, keyType: 'API_KEY' });
    return value;
  }

  it('refuse a request without a key, or with a key that is in no plan', async () => {
    const none = await send('/scim/metered', { headers: { authorization: 'Bearer t' } });
    expect([none.status, json(none)]).toEqual([403, { message: 'Forbidden' }]);
    expect((await metered('unknown-key-of-20-characters')).status).toBe(403);
  });

  it('refuse a disabled key', async () => {
    const value = keyOn(rig.plans.unmetered);
    expect((await metered(value)).status).toBe(200);
    const { id } = rig.keys.all().find((key) => key.value === value) ?? { id: '' };
    rig.keys.update(id, { patchOperations: [{ op: 'replace', path: '/enabled', value: 'false' }] });
    expect((await metered(value)).status).toBe(403);
  });

  it('limit each key to the burst of its plan', async () => {
    const value = keyOn(rig.plans.standard);
    const statuses = [await metered(value), await metered(value), await metered(value)].map(
      ({ status }) => status,
    );
    expect(statuses).toEqual([200, 200, 429]);
    expect((await metered(keyOn(rig.plans.standard))).status).toBe(200);
  });

  it('do not limit a plan without a throttle', async () => {
    const value = keyOn(rig.plans.unmetered);
    const answers = await Promise.all(Array.from({ length: 20 }, () => metered(value)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  });
});

describe('the limit of one method', () => {
  it('is shared by all callers, and leaves other methods of the resource alone', async () => {
    const statusOf = async (method: string, authorization: string) =>
      (await send('/scim/limited', { method, headers: { authorization } })).status;
    expect([await statusOf('GET', 'a'), await statusOf('GET', 'b'), await statusOf('GET', 'c')]).toEqual([
      200, 200, 429,
    ]);
    expect(await statusOf('POST', 'a')).toBe(200);
    expect((await send('/scim/open')).status).toBe(200);
    // `ANY` handles both.
    expect([await statusOf('PUT', 'a'), await statusOf('PUT', 'b')]).toEqual([200, 429]);
    expect([await statusOf('PATCH', 'a'), await statusOf('PATCH', 'b')]).toEqual([200, 200]);
  });
});
