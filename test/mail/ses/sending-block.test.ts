import { sendingBlock } from '../../../shared/mail/ses/sending-block';

const SENDER = 'licenses@example.com';
const unverified = (identities: string) => ({
  name: 'MessageRejected',
  message:
    'Email address is not verified. The following identities failed the check in region EU-WEST-1: ' +
    identities,
});

it.each([
  ['AccessDenied', 'permission'],
  ['AccessDeniedException', 'permission'],
  ['OptInRequired', 'permission'],
  ['AccountSendingPausedException', 'account'],
  ['ConfigurationSetDoesNotExist', 'configurationSet'],
  ['ConfigurationSetDoesNotExistException', 'configurationSet'],
  ['ConfigurationSetSendingPausedException', 'configurationSet'],
  ['MailFromDomainNotVerifiedException', 'sender'],
  ['Throttling', undefined],
  ['InternalFailure', undefined],
  ['ServiceUnavailable', undefined],
  ['InvalidParameterValue', undefined],
  ['constructor', undefined],
])('%s blocks sending because of the %s', (name, block) => {
  expect(sendingBlock({ name, message: '' }, SENDER)).toBe(block);
});

it.each([
  ['the sender', 'Example Inc <Licenses@example.com>', 'sender'],
  ['the sender and the recipient', `jane@example.com, ${SENDER}`, 'sender'],
  ['only the recipient, as in the sandbox', 'jane@example.com', undefined],
])('a message that SES rejects because of %s: %s', (_, identities, block) => {
  expect(sendingBlock(unverified(identities), SENDER)).toBe(block);
});

it('a message that SES rejects because of its content blocks no other email', () => {
  const message = `Message from ${SENDER} contains a virus.`;
  expect(sendingBlock({ name: 'MessageRejected', message }, SENDER)).toBeUndefined();
});
