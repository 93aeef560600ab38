import { skipSuppressed } from '../../../shared/mail/delivery/before-send';
import type { PlannedMail } from '../../../shared/mail/content/planned-mail';

const ref = { domainId: 'd', userId: 'u', mailId: 'm' };
const mail = { ref, kind: 'license-key', holder: { email: 'jane@example.com' } } as PlannedMail;

it.each([
  [true, { status: 'suppressed' }],
  [false, undefined],
])('of an address that is suppressed (%p), the mail ends so: %p', async (suppressed, expected) => {
  const asked: unknown[] = [];
  const isSuppressed = (...question: unknown[]) => {
    asked.push(question);
    return Promise.resolve(suppressed);
  };
  expect(await skipSuppressed({ isSuppressed })(mail)).toEqual(expected);
  expect(asked).toEqual([[ref, 'jane@example.com']]);
});
