import { setTimeout as sleep } from 'node:timers/promises';
import { versionAt } from '../../credentials/secret-versions';
import { ENV, requireEnv } from '../../env';
import { timeOfId } from '../../id';
import { deriveLicenseKey, type LicenseKeySource } from '../../license-key';
import { MessageQueue } from '../../queue/message-queue';
import { readVersions } from '../../store/secrets/secrets';
import { readMailBudget } from '../../limits/mail-budget';
import { LicenseKeyStore } from '../../store/licenses/license-key-store';
import { MailRefusals } from '../../store/licenses/mail-problem';
import { LicenseStore } from '../../store/licenses/license-store';
import { MailBudgetStore } from '../../store/mail/mail-budget-store';
import { MailDelays } from '../../store/mail/mail-delay';
import { MailStore } from '../../store/mail/mail-store';
import { DiagnosticsStore } from '../../store/diagnostics/diagnostics-store';
import { OutboxStore } from '../../store/mail/outbox-store';
import { SuppressionStore } from '../../store/mail/suppression-store';
import type { Table } from '../../store/table/table';
import { CLAIM_LEASE_MS, type Delivery, type MailFailure } from './delivery';
import { skipSuppressed, skipReplacedNotice, registerLicenseKey } from './before-send';
import { MailBudget } from './mail-budget';
import { SendPause } from './retry-delay';
import type { PlannedMail } from '../content/planned-mail';
import { renderMail } from '../content/render';
import { sesSender } from '../ses/ses-sender';
import { parseMailSettings } from '../settings';
import { openMailTemplates } from '../content/open-templates';

/**
 * Returns the license key of an activation. The time in the id of the activation says from which version of
 * the secret the key is derived. So an activation keeps its key when the secret is rotated, also in an email
 * that is sent again.
 */
async function licenseKeyOf(source: LicenseKeySource): Promise<string> {
  const versions = await readVersions(ENV.licenseSecretArn);
  return deriveLicenseKey(versionAt(versions, timeOfId(source.activationId).getTime()).text, source);
}

/** Opens the parts of a deployed function that delivers emails, according to its environment. */
export async function openDelivery(table: Table, now: () => Date): Promise<Delivery> {
  const settings = parseMailSettings(requireEnv(ENV.mailSettings));
  const templates = openMailTemplates(requireEnv(ENV.mailTemplates));
  const retentionDays = Number(requireEnv(ENV.auditRetentionDays));
  // A function that cannot read the secret fails before it claims an email.
  await readVersions(ENV.licenseSecretArn);
  const failures = new MessageQueue<MailFailure>(requireEnv(ENV.mailFailuresQueueUrl));
  const diagnostics = new DiagnosticsStore(table);
  const delays = new MailDelays(table);
  const budgetStore = new MailBudgetStore(table);
  const refusals = new MailRefusals(table);
  const contentOf = async (mail: PlannedMail) =>
    mail.kind === 'license-key'
      ? {
          kind: mail.kind,
          key: await licenseKeyOf({ ...mail.ref, activationId: mail.activationId }),
          keyChange: mail.event.keyChange,
        }
      : mail;
  return {
    mails: new MailStore(table, { leaseMs: CLAIM_LEASE_MS, retentionDays }),
    outbox: new OutboxStore(table, retentionDays),
    delays,
    budget: new MailBudget({ store: budgetStore, domains: delays, defaults: readMailBudget() }),
    beforeSend: [
      skipSuppressed(new SuppressionStore(table)),
      skipReplacedNotice(budgetStore, new LicenseStore(table)),
      registerLicenseKey(new LicenseKeyStore(table), licenseKeyOf),
    ],
    render: async (mail) => renderMail(await contentOf(mail), mail.holder, settings, templates),
    send: sesSender(settings),
    pause: new SendPause(),
    reportFailure: (ref, error) => failures.send({ ...ref, error }),
    recordUndeliverable: ({ domainId, ...ref }, email, detail) =>
      // A failure to record the address is no reason to retry the email.
      diagnostics.recordUndeliverable(domainId, { ...ref, email, detail }, now()).catch(() => undefined),
    refusals: {
      // A corrected address leads to a new email only if the license has the refusal.
      record: (ref, refusal) => refusals.record(ref, refusal),
      // This is no reason to send an email again.
      clear: (ref) => refusals.clear(ref).catch(() => undefined),
    },
    now,
    random: Math.random,
    sleep: (ms) => sleep(ms),
  };
}
