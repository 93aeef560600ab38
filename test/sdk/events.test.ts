import type { ChangeEvent as ClientEvent, EventType as ClientEventType } from '../../sdk/src/events.ts';
import { readEvent } from '../../sdk/src/events.ts';
import type { ChangeEvent } from '../../shared/events/event';
import { noticeJson } from '../../shared/events/event';
import { EVENT_TYPES, type EventType } from '../../shared/events/event-types';
import { testEvent } from '../../shared/service/webhook-admin/test-event';
import { DEPLOYMENT } from '../../shared/store/table/keys';

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;

it('the client and the service agree on the types of events and on their data', () => {
  // The compiler checks this: a type that only one of them knows is an error.
  const types: Same<EventType, ClientEventType> = true;
  const events: Same<ChangeEvent, ClientEvent> = true;
  expect([types, events]).toEqual([true, true]);
});

describe('readEvent', () => {
  const notice = (type: EventType) =>
    noticeJson(
      {
        id: '0190a1b2-0000-7000-8000-000000000004',
        type,
        time: '2026-12-01T12:00:00.000Z',
        domainId: 'd-1',
        subject: { type: 'user', id: 'u-1' },
        actor: { kind: 'unknown' },
        data: { userId: 'u-1' },
      },
      7,
    );

  it.each(EVENT_TYPES)('reads what the service writes: %s', (type) => {
    expect(readEvent(JSON.parse(notice(type)))).toMatchObject({ type, sequence: 7 });
  });

  it.each(['0190a1b2-0000-7000-8000-000000000001', DEPLOYMENT])('reads a test event of %s', (scope) => {
    const ref = { scope, subscriptionId: '0190a1b2-0000-7000-8000-000000000002' };
    const { body } = testEvent(ref, { kind: 'admin', id: 'admin' }, new Date());
    expect(readEvent(JSON.parse(body.toString()))).toMatchObject({ type: 'subscription.test', sequence: 0 });
  });

  it('refuses an event without a domain', () => {
    const { domainId: _, ...event } = JSON.parse(notice('user.deleted')) as Record<string, unknown>;
    expect(() => readEvent(event)).toThrow(TypeError);
  });

  it('reads events of types that it does not know', () => {
    const event = JSON.parse(notice('user.deleted').replace('user.deleted', 'user.promoted')) as unknown;
    expect(readEvent(event)).toMatchObject({ type: 'user.promoted' });
  });

  it.each([undefined, null, 5, 'text', [], {}, { type: 'user.deleted' }])('refuses %j', (value) => {
    expect(() => readEvent(value)).toThrow(TypeError);
  });
});
