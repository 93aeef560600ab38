import { simulatedEvents } from '../../../../local/services/ses/simulator';
import { parseSesEvent } from '../../../../shared/mail/ses/ses-event';

const NOW = new Date('2026-01-01T00:00:00.000Z');
const mailTo = (to: string) => ({
  messageId: 'ses-1',
  source: 'licenses@example.com',
  to,
  configurationSet: 'license-mail',
  tags: { domainId: 'd', userId: 'u', mailId: 'm', kind: 'license-key' },
});
const kindsFor = (to: string) =>
  simulatedEvents(mailTo(to), NOW).map((event) => parseSesEvent(JSON.stringify(event))?.kind);

it.each([
  ['success@simulator.amazonses.com', ['delivered']],
  ['bounce@simulator.amazonses.com', ['bounced']],
  ['Bounce+Jane.1@Simulator.AmazonSES.com', ['bounced']],
  ['complaint@simulator.amazonses.com', ['delivered', 'complained']],
  ['suppressionlist+x@simulator.amazonses.com', ['bounced']],
  ['jane@example.com', []],
  ['bounce@example.com', []],
  ['nobody@simulator.amazonses.com', []],
  ['bounce@simulator.amazonses.com.example.com', []],
])('an email to %s has the events %p', (to, kinds) => {
  expect(kindsFor(to)).toEqual(kinds);
});

it('an event identifies the email by its tags and its id', () => {
  const [event] = simulatedEvents(mailTo('bounce@simulator.amazonses.com'), NOW);
  expect(parseSesEvent(JSON.stringify(event))).toEqual({
    ref: { domainId: 'd', userId: 'u', mailId: 'm' },
    kind: 'bounced',
    at: NOW.toISOString(),
    sentAt: NOW.toISOString(),
    messageId: 'ses-1',
    detail: 'General: smtp; 550 5.1.1 user unknown',
  });
});
