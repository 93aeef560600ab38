import { setKinds } from '../../../shared/service/webhook-admin/set-kinds';
import { openAuthorization } from '../../../shared/service/security-events/receiver-authorization';

const REF = { scope: 'd', subscriptionId: 's' };
const ENDPOINT = 'https://receiver.example.com/sets';
const { setPush, setPoll } = setKinds({
  origins: [],
  issuer: 'https://scim.example.com/scim/v2',
  readDeploymentSecret: () => Promise.resolve('secret'),
});

it('a subscription has an issuer, and an audience of its own', async () => {
  const issuer = 'https://scim.example.com/scim/v2';
  for (const { create } of [setPush, setPoll])
    expect(await create(REF)).toEqual({ attributes: { issuer, audience: `${issuer}/Feeds/s` } });
});

it('the authorization is encrypted', async () => {
  const { set, remove } = await setPush.settings(REF, { authorization: 'Bearer abc', audience: 'x' });
  const { authorization, audience } = set as Record<'authorization' | 'audience', string>;
  expect([audience, remove]).toEqual(['x', []]);
  expect(openAuthorization(REF, authorization, 'secret')).toBe('Bearer abc');
});

it.each<[string, { authorization?: null; endpoint?: string }, string[]]>([
  ['stays if nothing is said about it', {}, []],
  ['stays with another path', { endpoint: 'https://receiver.example.com/other' }, []],
  ['is removed', { authorization: null }, ['authorization']],
  ['does not reach another host', { endpoint: 'https://attacker.example.com/sets' }, ['authorization']],
  ['does not reach another port', { endpoint: 'https://receiver.example.com:8443/' }, ['authorization']],
])('the authorization %s', async (_, settings, remove) => {
  expect(await setPush.settings({ ...REF, endpoint: ENDPOINT }, settings)).toEqual({ set: {}, remove });
});

it('a new authorization reaches a new host', async () => {
  const changed = { authorization: 'Bearer x', endpoint: 'https://other.example.com/' };
  const { remove } = await setPush.settings({ ...REF, endpoint: ENDPOINT }, changed);
  expect(remove).toEqual([]);
});

it.each([
  ['empty', ''],
  ['with a space before it', ' x'],
  ['with a space after it', 'x '],
  ['with a line break', 'a\nb'],
  ['with another header', 'a\r\nX: y'],
  ['not in ASCII', 'é'],
  ['with a control character', '\u0000'],
  ['too long', 'x'.repeat(2_001)],
])('an authorization that is %s is refused', async (_, authorization) => {
  await expect(setPush.settings(REF, { authorization })).rejects.toThrow('visible ASCII characters');
});

it.each([
  ['empty', ''],
  ['with a space', 'a b'],
  ['not in ASCII', 'é'],
  ['too long', 'x'.repeat(501)],
])('an audience that is %s is refused', async (_, audience) => {
  for (const { settings } of [setPush, setPoll])
    await expect(settings(REF, { audience })).rejects.toThrow('The audience must have');
});

it('a poll has no authorization', async () => {
  await expect(setPoll.settings(REF, { authorization: 'Bearer x' })).rejects.toThrow('has no authorization');
});

it('both have only events that SCIM has', () => {
  for (const { hasEvent } of [setPush, setPoll])
    expect([hasEvent('user.deleted'), hasEvent('license.ended')]).toEqual([true, false]);
});
