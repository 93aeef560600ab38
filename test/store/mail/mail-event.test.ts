import { changesAfterEvent, type MailEvent } from '../../../shared/store/mail/mail-event';
import type { MailItem } from '../../../shared/store/mail/mail-item';

const ref = { domainId: 'd', userId: 'u', mailId: 'm' };
const item = (given: Partial<MailItem> & Record<string, unknown> = {}): MailItem => ({
  ...ref,
  changeId: 'm',
  licenseStatus: 'active',
  kind: 'license-key',
  status: 'sent',
  to: 'jane@example.com',
  messageId: 'ses-1',
  ...{ sentAt: '2026-01-01T00:00:00.000Z' },
  ...given,
});
const event = (kind: MailEvent['kind'], given: Partial<MailEvent> = {}): MailEvent => ({
  ref,
  kind,
  at: '2026-01-01T00:00:05.000Z',
  sentAt: '2026-01-01T00:00:01.000Z',
  messageId: 'ses-1',
  detail: 'smtp; 550',
  ...given,
});

it.each([
  ['delivered', 'delivered'],
  ['bounced', 'bounced'],
  ['complained', 'complained'],
  ['rejected', 'failed'],
  ['softBounced', undefined],
] as const)('a sent email that is %s gets the status %p and the time of the event', (kind, status) => {
  const changes = changesAfterEvent(item(), event(kind));
  expect(changes?.status).toBe(status);
  expect(changes?.[`${kind}At`]).toBe('2026-01-01T00:00:05.000Z');
});

it('the response of the server is stored, except for a delivery', () => {
  expect(changesAfterEvent(item(), event('bounced'))).toMatchObject({ detail: 'smtp; 550' });
  expect(changesAfterEvent(item(), event('rejected'))).toMatchObject({ error: 'smtp; 550' });
  expect(changesAfterEvent(item(), event('delivered'))).not.toHaveProperty('detail');
});

it.each(['delivered', 'softBounced', 'bounced', 'complained', 'rejected'] as const)(
  'a repeated event (%s) changes nothing',
  (kind) => {
    const once = { ...item(), ...changesAfterEvent(item(), event(kind)) };
    expect(changesAfterEvent(once, event(kind))).toBeUndefined();
  },
);

it('the event with the highest rank sets the status, in any order', () => {
  const kinds = ['delivered', 'softBounced', 'bounced', 'complained'] as const;
  for (const first of kinds) {
    for (const second of kinds) {
      const once = { ...item(), ...changesAfterEvent(item(), event(first)) };
      const twice = { ...once, ...changesAfterEvent(once, event(second)) };
      const worst = [first, second].sort((one, other) => kinds.indexOf(other) - kinds.indexOf(one));
      const ranked = worst.find((kind) => kind !== 'softBounced');
      expect(twice.status).toBe(ranked ?? 'sent');
    }
  }
});

it('a delivered email does not become failed by a later rejection', () => {
  expect(changesAfterEvent(item({ status: 'delivered' }), event('rejected'))?.status).toBeUndefined();
});

it.each(['claimed', 'due'] as const)(
  'an event marks an email that was not marked as sent (%s) as sent',
  (status) => {
    const unmarked = item({ status, messageId: undefined, sentAt: undefined });
    expect(changesAfterEvent(unmarked, event('softBounced'))).toMatchObject({
      status: 'sent',
      sentAt: '2026-01-01T00:00:01.000Z',
      messageId: 'ses-1',
    });
    expect(changesAfterEvent(unmarked, event('delivered'))).toMatchObject({
      status: 'delivered',
      messageId: 'ses-1',
    });
  },
);

it('the stored messageId and time of sending do not change', () => {
  const changes = changesAfterEvent(item(), event('delivered', { messageId: 'ses-2' }));
  expect(changes).not.toHaveProperty('messageId');
  expect(changes).not.toHaveProperty('sentAt');
});
