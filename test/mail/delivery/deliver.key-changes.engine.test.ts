import { KEY, MINUTE_MS, NOTICE, useDeliveryFixture } from '../../support/mail/delivery-fixture';
import { keptLicense, reactivatedLicense, replacedLicense } from '../../support/mail/delivery-harness';
import { listMailsTo } from '../../support/system/mails';
import { endedLicense } from '../../support/mail/license-images';

const ACTIVE_AGAIN = 'Your Example Product license is active again';
const NEW_KEY = 'Your new Example Product license key';

const fixture = useDeliveryFixture();

describe('a license that becomes active again with its key', () => {
  it('has an email for each change, in order, and the history says that the key was kept', async () => {
    await fixture.harness.deliver(fixture.keyMail);
    const end = endedLicense(fixture.license);
    await fixture.deliverChange(fixture.license, end);
    const kept = keptLicense(end);
    const [entry, outcome] = await fixture.deliverChange(end, kept);
    expect(outcome).toBe('sent');
    expect(await fixture.subjects()).toEqual([KEY, NOTICE, ACTIVE_AGAIN]);
    expect(await fixture.harness.readItem(entry)).toMatchObject({ status: 'sent', keyChange: 'kept' });
    const again = endedLicense(kept);
    expect((await fixture.deliverChange(kept, again))[1]).toBe('sent');
    expect(await fixture.subjects()).toEqual([KEY, NOTICE, ACTIVE_AGAIN, NOTICE]);
  });

  it('has no notice if it ends before its email was sent, because the user knows of the first end', async () => {
    await fixture.harness.deliver(fixture.keyMail);
    const end = endedLicense(fixture.license);
    await fixture.deliverChange(fixture.license, end);
    fixture.harness.delayMs = 30 * MINUTE_MS;
    const kept = { ...keptLicense(end), changedAt: fixture.harness.now().toISOString() };
    const [entry, outcome] = await fixture.deliverChange(end, kept);
    expect(outcome).toBe('delayed');
    expect((await fixture.deliverChange(kept, endedLicense(kept)))[1]).toBe('unneeded');
    expect(await fixture.harness.readItem(entry)).toMatchObject({ status: 'superseded' });
    fixture.harness.advance(60 * MINUTE_MS);
    expect(await fixture.harness.runOutbox()).toEqual([]);
    expect(await fixture.subjects()).toEqual([KEY, NOTICE]);
  });

  it.each([
    ['the same key', keptLicense],
    ['a new key', reactivatedLicense],
  ])('has a notice if the user never heard of the first end, also with %s', async (_, reactivate) => {
    await fixture.harness.deliver(fixture.keyMail);
    const end = endedLicense(fixture.license);
    fixture.ses.faults.push('Throttling', 'Throttling');
    expect((await fixture.deliverChange(fixture.license, end))[1]).toBe('delayed');
    fixture.harness.delayMs = 30 * MINUTE_MS;
    const active = { ...reactivate(end), changedAt: fixture.harness.now().toISOString() };
    expect((await fixture.deliverChange(end, active))[1]).toBe('delayed');
    fixture.harness.advance(5 * MINUTE_MS);
    expect((await fixture.deliverChange(active, endedLicense(active)))[1]).toBe('sent');
    fixture.harness.advance(60 * MINUTE_MS);
    expect(await fixture.harness.runOutbox()).toEqual([]);
    expect(await fixture.subjects()).toEqual([KEY, NOTICE]);
  });

  it('has one email if it ends and becomes active again during the delay of the first one', async () => {
    fixture.harness.delayMs = 30 * MINUTE_MS;
    await fixture.harness.deliver(fixture.keyMail);
    const end = endedLicense(fixture.license);
    expect((await fixture.deliverChange(fixture.license, end))[1]).toBe('unneeded');
    await fixture.deliverChange(end, keptLicense(end));
    fixture.harness.advance(30 * MINUTE_MS);
    expect(await fixture.harness.runOutbox()).toEqual(['sent']);
    expect(await fixture.subjects()).toEqual([ACTIVE_AGAIN]);
  });
});

describe('a license of a domain with mappings', () => {
  const textOf = async () => (await listMailsTo(fixture.email))[0]?.body.text;

  it.each(['at once', 'after a delay'])(
    'has an email with the type that it had at the claim: %s',
    async (when) => {
      await fixture.reset({ userType: 'Basic User', mappingsVersion: 1 });
      if (when === 'after a delay') {
        fixture.harness.delayMs = 30 * MINUTE_MS;
        await fixture.harness.deliver(fixture.keyMail);
        fixture.harness.advance(30 * MINUTE_MS);
      }
      await fixture.store({ ...fixture.license, userType: 'Full User' });
      if (when === 'at once') await fixture.harness.deliver(fixture.keyMail);
      else expect(await fixture.harness.runOutbox()).toEqual(['sent']);
      expect(await textOf()).toContain('Full User');
      expect(await textOf()).not.toContain('Basic User');
    },
  );
});

describe('a license whose key is replaced', () => {
  it('has an email with the new key, without the delay of the domain', async () => {
    await fixture.harness.deliver(fixture.keyMail);
    fixture.harness.delayMs = 30 * MINUTE_MS;
    const replaced = {
      ...replacedLicense(fixture.license),
      changedAt: fixture.harness.now().toISOString(),
    };
    const [entry, outcome] = await fixture.deliverChange(fixture.license, replaced);
    expect(outcome).toBe('sent');
    expect(await fixture.subjects()).toEqual([KEY, NEW_KEY]);
    expect(await fixture.harness.readItem(entry)).toMatchObject({ status: 'sent', keyChange: 'replaced' });
  });

  it('does not send the old key if its email still waits', async () => {
    fixture.harness.delayMs = 30 * MINUTE_MS;
    await fixture.harness.deliver(fixture.keyMail);
    await fixture.deliverChange(fixture.license, replacedLicense(fixture.license));
    fixture.harness.advance(60 * MINUTE_MS);
    expect(await fixture.harness.runOutbox()).toEqual([]);
    expect(await fixture.harness.readItem(fixture.keyMail)).toMatchObject({ status: 'superseded' });
    expect(await fixture.subjects()).toEqual([NEW_KEY]);
  });

  it('has a notice if it ends before the new key was sent, because the user has the old one', async () => {
    await fixture.harness.deliver(fixture.keyMail);
    const replaced = replacedLicense(fixture.license);
    fixture.ses.faults.push('Throttling', 'Throttling');
    expect((await fixture.deliverChange(fixture.license, replaced))[1]).toBe('delayed');
    fixture.harness.advance(5 * MINUTE_MS);
    expect((await fixture.deliverChange(replaced, endedLicense(replaced)))[1]).toBe('sent');
    expect(await fixture.subjects()).toEqual([KEY, NOTICE]);
  });
});
