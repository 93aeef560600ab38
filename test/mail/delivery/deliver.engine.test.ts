import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '../../../shared/id';
import { CLAIM_LEASE_MS } from '../../../shared/mail/delivery/delivery';
import type { DeliverOptions } from '../../../shared/mail/delivery/deliver';
import { MAX_SEND_MS } from '../../../shared/mail/ses/ses-sender';
import { DomainStore } from '../../../shared/store/domains/domain-store';
import type { LicenseRecord } from '../../../shared/store/licenses/license-record';
import { listMailsTo } from '../../support/system/mails';
import { auditEvent, domainRecord, RETENTION_DAYS } from '../../support/store/records';
import { KEY, MINUTE_MS, useDeliveryFixture } from '../../support/mail/delivery-fixture';
import { expectPlannedEntry } from '../../support/mail/delivery-harness';
import { endedLicense } from '../../support/mail/license-images';

const fixture = useDeliveryFixture();

/** Simulates a process that dies at this call. */
class SimulatedCrash extends Error {}
const crash = (): Promise<never> => Promise.reject(new SimulatedCrash());

/** Makes the deliveries of this process pause because SES fails. */
function recordFailures(): void {
  const { delivery } = fixture.harness;
  for (let failures = 0; failures < 10; failures++) delivery.pause.recordFailure(fixture.harness.now());
}

it('a claim is valid for longer than a send can take', () => {
  expect(CLAIM_LEASE_MS).toBeGreaterThan(MAX_SEND_MS);
});

describe('a change that is delivered several times', () => {
  it('leads to one email, in sequence', async () => {
    expect(await fixture.harness.deliver(fixture.keyMail)).toBe('sent');
    expect(await fixture.harness.deliver(fixture.keyMail)).toBe('repeated');
    expect(await fixture.harness.deliver(fixture.keyMail)).toBe('repeated');
    expect(await fixture.subjects()).toEqual([KEY]);
    expect(await fixture.harness.readItem(fixture.keyMail)).toMatchObject({
      status: 'sent',
      to: fixture.email,
      attempts: 1,
    });
  });

  it('leads to one email, in parallel', async () => {
    // The clock stands still, so each process waits until the first one has sent the email.
    const waiting = { sleep: () => sleep(50) };
    const all = Array.from({ length: 8 }, () => fixture.harness.deliver(fixture.keyMail, waiting));
    expect((await Promise.all(all)).sort()).toEqual([...Array<string>(7).fill('repeated'), 'sent']);
    expect(await fixture.subjects()).toHaveLength(1);
  });

  it('changes nothing if the email waits in the outbox', async () => {
    fixture.harness.delayMs = MINUTE_MS;
    expect(await fixture.harness.deliver(fixture.keyMail)).toBe('delayed');
    expect(await fixture.harness.deliver(fixture.keyMail)).toBe('repeated');
    fixture.harness.delayMs = 0;
    expect(await fixture.harness.deliver(fixture.keyMail)).toBe('repeated');
    expect(await fixture.harness.countOutbox()).toBe(1);
    expect(await fixture.subjects()).toEqual([]);
  });
});

describe('a process that dies', () => {
  it('after the claim leaves the email to the next delivery, which waits for the claim to end', async () => {
    await expect(fixture.harness.deliver(fixture.keyMail, { beforeSend: [crash] })).rejects.toBeInstanceOf(
      SimulatedCrash,
    );
    expect(await fixture.harness.readItem(fixture.keyMail)).toMatchObject({ status: 'claimed' });
    expect(await fixture.harness.deliver(fixture.keyMail)).toBe('sent');
    expect(fixture.harness.elapsedMs).toBeGreaterThanOrEqual(CLAIM_LEASE_MS);
    expect(fixture.harness.elapsedMs).toBeLessThan(CLAIM_LEASE_MS + 1_000);
    expect(await fixture.subjects()).toHaveLength(1);
  });

  it('after the send causes a second email with the same key', async () => {
    fixture.harness.delivery.mails.mark = crash;
    await expect(fixture.harness.deliver(fixture.keyMail)).rejects.toBeInstanceOf(SimulatedCrash);
    fixture.restart();
    expect(await fixture.harness.deliver(fixture.keyMail)).toBe('sent');
    expect(await fixture.harness.deliver(fixture.keyMail)).toBe('repeated');
    const sent = await listMailsTo(fixture.email);
    expect(sent).toHaveLength(2);
    expect(sent[0]?.body).toEqual(sent[1]?.body);
  });

  it.each<[string, DeliverOptions, () => void]>([
    ['the emails of the domain wait for their turn', { isQueued: true }, () => undefined],
    ['the emails of the domain are paused', {}, () => (fixture.harness.isPaused = true)],
    ['SES fails', {}, recordFailures],
  ])(
    'after the claim leaves the email to the outbox if %s at the next delivery',
    async (_, options, begin) => {
      await expect(fixture.harness.deliver(fixture.keyMail, { beforeSend: [crash] })).rejects.toBeInstanceOf(
        SimulatedCrash,
      );
      begin();
      expect(await fixture.harness.deliver(fixture.keyMail, {}, options)).toBe('delayed');
      expect(await fixture.harness.readItem(fixture.keyMail)).toMatchObject({ status: 'due', attempts: 1 });
      expect(await fixture.harness.deliver(fixture.keyMail, {}, options)).toBe('repeated');
      fixture.harness.isPaused = false;
      fixture.harness.advance(10 * MINUTE_MS);
      expect(await fixture.harness.runOutbox()).toEqual(['sent']);
      expect(await fixture.subjects()).toEqual([KEY]);
    },
  );

  it('after the claim leaves no failure report and no item in the outbox', async () => {
    await expect(fixture.harness.deliver(fixture.keyMail, { beforeSend: [crash] })).rejects.toBeInstanceOf(
      SimulatedCrash,
    );
    await fixture.harness.deliver(fixture.keyMail);
    expect(fixture.harness.reportedFailures).toEqual([]);
    expect(await fixture.harness.countOutbox()).toBe(0);
  });
});

describe('the users of a deleted domain', () => {
  beforeEach(async () => {
    await fixture.reset({ domainId: randomUUID() });
  });

  const deleteDomain = async () => {
    const domain = domainRecord({ domainId: fixture.license.domainId });
    const domains = new DomainStore(fixture.table, RETENTION_DAYS);
    await domains.create(domain, auditEvent('domain.created', domain.domainId));
    await domains.delete(domain, auditEvent('domain.deleted', domain.domainId));
  };

  it('get no email for later changes in the stream, and nothing is stored', async () => {
    await deleteDomain();
    expect(await fixture.harness.deliver(fixture.keyMail)).toBe('domainDeleted');
    const [notice, outcome] = await fixture.deliverChange(fixture.license, endedLicense(fixture.license));
    expect(outcome).toBe('domainDeleted');
    expect(await fixture.subjects()).toEqual([]);
    for (const entry of [fixture.keyMail, notice])
      expect(await fixture.harness.readItem(entry)).toBeUndefined();
  });

  it('do not get the emails in the outbox, which are removed', async () => {
    fixture.harness.delayMs = 30 * MINUTE_MS;
    expect(await fixture.harness.deliver(fixture.keyMail)).toBe('delayed');
    await deleteDomain();
    fixture.harness.advance(31 * MINUTE_MS);
    expect(await fixture.harness.runOutbox()).toEqual(['domainDeleted']);
    expect(await fixture.harness.countOutbox()).toBe(0);
    expect(await fixture.subjects()).toEqual([]);
  });
});

it('stores a change without an email in the history, once', async () => {
  const pending: LicenseRecord = { ...fixture.license, status: 'pending', changeId: newId() };
  const entry = expectPlannedEntry(undefined, pending);
  expect(await fixture.harness.deliver(entry)).toBe('noted');
  expect(await fixture.harness.deliver(entry)).toBe('noted');
  expect(await fixture.harness.readItem(entry)).toMatchObject({
    kind: 'none',
    status: 'none',
    licenseStatus: 'pending',
  });
});
