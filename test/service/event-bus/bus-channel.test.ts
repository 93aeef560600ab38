import type { BusEntry, EntryResult } from '../../../shared/event-bus/event-bus';
import { MAX_BYTES, sizeOf } from '../../../shared/event-bus/event-bus';
import { busChannel } from '../../../shared/service/event-bus/bus-channel';
import type { OutgoingEvent } from '../../../shared/service/webhooks/channel';
import { DEPLOYMENT } from '../../../shared/store/table/keys';

const REF = { scope: 'domain-1', subscriptionId: 'subscription-1' };
const TIME = '2026-09-18T08:15:30.123Z';

const eventOf = (id: string, body = JSON.stringify({ id, name: 'Jürgen' })): OutgoingEvent => ({
  ...{ id, type: 'user.changed', subject: `user/${id}`, changedAt: TIME, body: Buffer.from(body) },
});
/** An event whose entry has this size. */
const eventOfSize = (id: string, bytes: number): OutgoingEvent => {
  const empty = sizeOf(entry({ ...eventOf(id), body: Buffer.from('{"text":""}') }));
  return eventOf(id, JSON.stringify({ text: 'x'.repeat(bytes - empty) }));
};
const entry = ({ type, body }: OutgoingEvent): BusEntry => ({
  source: 'scim-provisioning',
  detailType: type,
  detail: body.toString(),
  resources: ['domains/domain-1/subscriptions/subscription-1'],
  time: new Date(TIME),
});

let requests: (readonly BusEntry[])[];
let respond: (entries: readonly BusEntry[]) => EntryResult[];
beforeEach(() => {
  requests = [];
  respond = (entries) => entries.map(() => ({}));
});
const channel = (ref = REF) =>
  busChannel(ref, {
    putEvents: (entries) => {
      requests.push(entries);
      return Promise.resolve().then(() => respond(entries));
    },
    now: () => new Date(TIME),
  });

describe('An event on the bus', () => {
  it('has the bytes of the feed, its type, its time, and the subscription', async () => {
    const event = eventOf('a');
    expect(await channel().deliver([event])).toEqual([{ durationMs: 0, delivered: true }]);
    expect(requests).toEqual([[entry(event)]]);
    expect(requests[0]?.[0]?.detail).toBe('{"id":"a","name":"Jürgen"}');
  });

  it('names a subscription of the deployment without a domain', async () => {
    await channel({ ...REF, scope: DEPLOYMENT }).deliver([eventOf('a')]);
    expect(requests[0]?.[0]?.resources).toEqual(['subscriptions/subscription-1']);
  });
});

describe('A request', () => {
  it('has at most ten events', () => {
    const events = Array.from({ length: 11 }, (_, at) => eventOf(String(at)));
    expect(channel().fits(events.slice(1))).toBe(true);
    expect(channel().fits(events)).toBe(false);
  });

  it('has at most 256 kB in all, in which everything counts', () => {
    const half = MAX_BYTES / 2;
    expect(channel().fits([eventOfSize('a', half), eventOfSize('b', half)])).toBe(true);
    expect(channel().fits([eventOfSize('a', half), eventOfSize('b', half + 1)])).toBe(false);
  });

  it('is not sent for an event that is larger', async () => {
    expect(await channel().deliver([eventOfSize('a', MAX_BYTES)])).toMatchObject([{ delivered: true }]);
    requests = [];
    const [result] = await channel().deliver([eventOfSize('a', MAX_BYTES + 1)]);
    expect(result).toMatchObject({ delivered: false, isFinal: true });
    expect(result?.error).toContain('262145 bytes');
    expect(requests).toEqual([]);
  });
});

describe('An event that the bus does not accept', () => {
  const events = [eventOf('a'), eventOf('b')];

  it('does not affect the others of its request', async () => {
    respond = () => [{}, { errorCode: 'InternalFailure', errorMessage: 'Try it again.' }];
    expect(await channel().deliver(events)).toEqual([
      { durationMs: 0, delivered: true },
      {
        durationMs: 0,
        delivered: false,
        error: 'The event bus did not accept the event (InternalFailure). Try it again.',
        isDown: false,
        isFinal: false,
      },
    ]);
  });

  it('is not tried again if its content is the reason', async () => {
    respond = () => [{ errorCode: 'MalformedDetail' }, { errorCode: 'MalformedDetail' }];
    expect(await channel().deliver(events)).toMatchObject([
      { isFinal: true, isDown: false },
      { isFinal: true, isDown: false },
    ]);
  });

  it('shows that the bus is down if it accepts none', async () => {
    respond = () => [{ errorCode: 'ThrottlingException' }, { errorCode: 'AccessDeniedException' }];
    expect(await channel().deliver(events)).toMatchObject([
      { delivered: false, isDown: true, isFinal: false },
      { delivered: false, isDown: true, isFinal: false },
    ]);
  });

  it('is not lost if the response lacks it', async () => {
    respond = () => [{}];
    expect(await channel().deliver(events)).toMatchObject([{ delivered: true }, { delivered: false }]);
  });
});

it('A bus that cannot be reached is down, and its error names no resource', async () => {
  respond = () => {
    throw Object.assign(new Error('not authorized on arn:aws:events:…'), { name: 'AccessDeniedException' });
  };
  const [result] = await channel().deliver([eventOf('a')]);
  expect(result).toMatchObject({ delivered: false, isDown: true });
  expect(result?.error).toContain('AccessDeniedException');
  expect(result?.error).not.toContain('arn:');
});
