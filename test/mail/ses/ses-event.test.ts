import { parseSesEvent } from '../../../shared/mail/ses/ses-event';

const mail = {
  timestamp: '2026-01-01T00:00:00.000Z',
  messageId: 'ses-1',
  source: 'licenses@example.com',
  destination: ['jane@example.com'],
  tags: {
    'ses:configuration-set': ['license-mail'],
    domainId: ['d'],
    userId: ['u'],
    mailId: ['m'],
    kind: ['license-key'],
  },
};
const read = (event: object) => parseSesEvent(JSON.stringify({ mail, ...event }));

const bounce = (bounceType: string, given: object = {}) => ({
  eventType: 'Bounce',
  bounce: {
    bounceType,
    bounceSubType: 'General',
    bouncedRecipients: [{ emailAddress: 'jane@example.com', diagnosticCode: 'smtp; 550 5.1.1 user unknown' }],
    timestamp: '2026-01-01T00:00:02.000Z',
    feedbackId: 'f',
    ...given,
  },
});

it('an event of a reminder names its SCIM key', () => {
  const tags = { domainId: ['d'], keyId: ['k'], reminderId: ['7-a'], kind: ['scim-key-expiry'] };
  const event = { ...bounce('Permanent'), mail: { ...mail, tags } };
  expect(read(event)?.ref).toEqual({ domainId: 'd', keyId: 'k', reminderId: '7-a' });
});

it('a permanent bounce is a bounce with the response of the server', () => {
  expect(read(bounce('Permanent'))).toEqual({
    ref: { domainId: 'd', userId: 'u', mailId: 'm' },
    kind: 'bounced',
    at: '2026-01-01T00:00:02.000Z',
    sentAt: '2026-01-01T00:00:00.000Z',
    messageId: 'ses-1',
    detail: 'General: smtp; 550 5.1.1 user unknown',
  });
});

it.each(['Transient', 'Undetermined'])('a bounce of type %s is a soft bounce', (type) => {
  expect(read(bounce(type))).toMatchObject({ kind: 'softBounced' });
});

it('a bounce without a response of a server only has its subtype as detail', () => {
  expect(
    read(bounce('Permanent', { bouncedRecipients: [{ emailAddress: 'jane@example.com' }] })),
  ).toMatchObject({
    detail: 'General',
  });
});

it('a complaint has its feedback type as detail', () => {
  const complaint = {
    timestamp: '2026-01-02T00:00:00.000Z',
    complaintFeedbackType: 'abuse',
    feedbackId: 'f',
  };
  expect(read({ eventType: 'Complaint', complaint })).toMatchObject({
    kind: 'complained',
    at: '2026-01-02T00:00:00.000Z',
    detail: 'abuse',
  });
});

it('a delivery and a rejection are distinguished', () => {
  const delivery = { timestamp: '2026-01-01T00:00:03.000Z', smtpResponse: '250 OK', recipients: [] };
  expect(read({ eventType: 'Delivery', delivery })).toMatchObject({ kind: 'delivered', detail: '250 OK' });
  expect(read({ eventType: 'Reject', reject: { reason: 'Bad content' } })).toMatchObject({
    kind: 'rejected',
    at: mail.timestamp,
    detail: 'Bad content',
  });
});

it('the response of the server is one line of limited length', () => {
  const diagnosticCode = `smtp; 550\r\nX: ${'x'.repeat(2_000)}`;
  const detail = read(bounce('Permanent', { bouncedRecipients: [{ diagnosticCode }] }))?.detail ?? '';
  expect(detail).toMatch(/^General: smtp; 550 X: x+$/);
  expect(detail.length).toBeLessThanOrEqual(300);
});

it.each([
  ['a text that is not JSON', 'Successfully validated SNS topic for Amazon SES event publishing.'],
  ['null', 'null'],
  ['another event', JSON.stringify({ eventType: 'Open', mail })],
  ['an email without tags', JSON.stringify({ ...bounce('Permanent'), mail: { ...mail, tags: {} } })],
  [
    'an email of another sender of the account',
    JSON.stringify({ ...bounce('Permanent'), mail: { ...mail, tags: undefined } }),
  ],
  [
    'an empty ID',
    JSON.stringify({ ...bounce('Permanent'), mail: { ...mail, tags: { ...mail.tags, userId: [''] } } }),
  ],
])('%s is not an event of a license email', (_, message) => {
  expect(parseSesEvent(message)).toBeUndefined();
});
