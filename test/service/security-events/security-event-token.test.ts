import fc from 'fast-check';
import {
  positionInJti,
  setClaims,
  type PlacedEvent,
  type SetStream,
} from '../../../shared/service/security-events/security-event-token';

const STREAM: SetStream = {
  subscriptionId: '0190a1b2-0000-7000-8000-00000000000a',
  issuer: 'https://scim.example.com/scim/v2',
  audience: 'https://receiver.example.com',
  content: 'notice',
};
const EVENT = {
  id: '0190a1b2-0000-7000-8000-000000000004',
  type: 'user.deactivated',
  schemaVersion: 1,
  time: '2026-12-01T12:00:00.900Z',
  domainId: '0190a1b2-0000-7000-8000-000000000001',
  subject: { type: 'user', id: '0190a1b2-0000-7000-8000-000000000002' },
  sequence: 2,
  actor: { kind: 'unknown' },
  data: { userId: '0190a1b2-0000-7000-8000-000000000002' },
};
const placed = (event: object = EVENT, position = 42): PlacedEvent => ({
  position,
  time: '2026-12-01T12:00:03.000Z',
  body: Buffer.from(JSON.stringify(event)),
});

it('has the claims of RFC 8417 and RFC 9967', () => {
  expect(setClaims(STREAM, placed())).toEqual({
    iss: STREAM.issuer,
    aud: STREAM.audience,
    iat: Date.parse('2026-12-01T12:00:03Z') / 1_000,
    toe: Date.parse('2026-12-01T12:00:00Z') / 1_000,
    jti: expect.stringMatching(/^42-[\w-]{22}$/) as string,
    txn: EVENT.id,
    domainId: EVENT.domainId,
    sub_id: { format: 'scim', uri: `/Users/${EVENT.subject.id}` },
    events: { 'urn:ietf:params:scim:event:prov:deactivate': {} },
  });
});

it('an event that SCIM does not have gets no SET', () => {
  expect(setClaims(STREAM, placed({ ...EVENT, type: 'license.ended' }))).toBeUndefined();
});

it('the same event has the same claims each time', () => {
  expect(setClaims(STREAM, placed())).toEqual(setClaims({ ...STREAM }, placed({ ...EVENT })));
});

it.each<[string, SetStream, PlacedEvent]>([
  ['of another subscription', { ...STREAM, subscriptionId: 'x' }, placed()],
  ['for another audience', { ...STREAM, audience: 'x' }, placed()],
  ['of another issuer', { ...STREAM, issuer: 'x' }, placed()],
  ['of another event', STREAM, placed({ ...EVENT, id: 'x' })],
  ['at another position', STREAM, placed(EVENT, 43)],
  ['with other content', STREAM, placed({ ...EVENT, type: 'user.reactivated' })],
])('a SET %s has another jti', (_, stream, event) => {
  expect(setClaims(stream, event)?.jti).not.toBe(setClaims(STREAM, placed())?.jti);
});

it('the jti tells the position, and nothing else does', () => {
  fc.assert(
    fc.property(fc.nat(999_999_999), (position) => {
      expect(positionInJti(setClaims(STREAM, placed(EVENT, position))?.jti ?? '')).toBe(position);
    }),
  );
  const jti = setClaims(STREAM, placed())?.jti ?? '';
  for (const other of [
    '',
    '42',
    `x${jti}`,
    `${jti}x`,
    `-${jti}`,
    jti.replace('42', '9'.repeat(13)),
    `${jti}\n`,
  ])
    expect(positionInJti(other)).toBeUndefined();
});
