import { createHash } from 'node:crypto';
import type { KeyCheckPosition } from '../../store/credentials/key-check-position';
import type { Credential } from '../../store/credentials/credential';
import type { CredentialStore } from '../../store/credentials/credential-store';
import type { Domain, DomainStore } from '../../store/domains/domain-store';
import { addressKeyOf } from '../../store/mail/address-key';
import type { KeyReminderStore } from '../../store/mail/key-reminder-store';
import { isOpen, type KeyReminderRef } from '../../store/mail/mail-item';
import type { KeyExpiry } from '../content/render-key-expiry';
import { dueStage, endOfReminders, type ReminderStage } from './due-stage';

/** A reminder that a SCIM key expires, to one address. */
export interface DueReminder {
  readonly ref: KeyReminderRef;
  readonly to: string;
  readonly key: KeyExpiry;
  /** The time after which nothing asks for the reminder again, in seconds since the epoch. */
  readonly ttl: number;
}

export interface ReminderSources {
  readonly domains: Pick<DomainStore, 'page'>;
  readonly keys: Pick<CredentialStore, 'listWithDomain' | 'noticeExpiry'>;
  readonly reminders: Pick<KeyReminderStore, 'ofKey'>;
  readonly position: Pick<KeyCheckPosition, 'read' | 'save' | 'clear'>;
  /** Gets the reminders of all domains. */
  readonly alarmAddress?: string;
  readonly now: () => Date;
  readonly isTimeUp: () => boolean;
  /** Called for a domain that cannot be read. The others follow. */
  readonly onError: (domainId: string, error: unknown) => void;
}

const DOMAINS_PER_PAGE = 100;

/**
 * Yields the due reminders of all domains. Each domain is read once. If the caller stops, or the time is up,
 * the next call continues after the domain that was read last, so that no domain holds up the others.
 */
export async function* dueReminders(sources: ReminderSources): AsyncGenerator<DueReminder> {
  const { domains, position, isTimeUp, onError } = sources;
  const start = await position.read();
  let last: string | undefined;
  let isFinished = false;
  try {
    for await (const domainId of allDomains(domains, start)) {
      if (isTimeUp()) return;
      last = domainId;
      yield* await remindersOf(domainId, sources).catch((error: unknown) => {
        onError(domainId, error);
        return [];
      });
    }
    isFinished = true;
  } finally {
    if (!isFinished && last !== undefined) await position.save(last);
    if (isFinished && start !== undefined) await position.clear();
  }
}

/** Yields the ids of all domains: those after `start`, then the others. */
async function* allDomains(
  domains: ReminderSources['domains'],
  start: string | undefined,
): AsyncGenerator<string> {
  for (const [from, end] of start === undefined ? [[]] : [[start], [undefined, start]]) {
    let after = from;
    do {
      const page = await domains.page(DOMAINS_PER_PAGE, after);
      for (const { domainId } of page.domains) {
        if (end !== undefined && domainId > end) return;
        yield domainId;
      }
      after = page.next;
    } while (after !== undefined);
  }
}

/**
 * A domain whose SCIM is disabled or not available gets none: its keys do not work anyway. Neither does a
 * domain whose emails are paused, until they are resumed.
 */
async function remindersOf(domainId: string, sources: ReminderSources): Promise<DueReminder[]> {
  const { domain, keys } = await sources.keys.listWithDomain(domainId);
  for (const key of keys) await noticeExpiry(domainId, key, sources);
  if (!domain?.scimEnabled || !domain.scimAvailable || domain.mailPaused) return [];
  const recipients = recipientsOf(domain, sources.alarmAddress);
  if (recipients.length === 0) return [];
  const due: DueReminder[] = [];
  for (const key of keys) {
    const stage = dueStage(key, sources.now());
    if (stage === undefined) continue;
    const known = await sources.reminders.ofKey(domainId, key.keyId);
    const reminders = recipients.map((to) => reminderTo(to, stage, key, domain));
    due.push(
      ...reminders.filter(({ ref }) => {
        const state = known.get(ref.reminderId);
        return !state || isOpen(state);
      }),
    );
  }
  return due;
}

/** Records a stage of the expiry of a key that has come, also in a domain that gets no emails. */
async function noticeExpiry(
  domainId: string,
  key: Credential,
  { keys, now }: ReminderSources,
): Promise<void> {
  const at = now();
  const stage = dueStage(key, at);
  if (stage === undefined || stage === key.expiryStage) return;
  await keys.noticeExpiry(domainId, key.keyId, stage, at.toISOString());
}

/** Returns each address once. The spelling of the domain comes first. */
function recipientsOf({ notifyAddresses }: Domain, alarmAddress: string | undefined): string[] {
  const recipients = new Map<string, string>();
  for (const address of [...notifyAddresses, ...(alarmAddress === undefined ? [] : [alarmAddress])])
    if (!recipients.has(addressKeyOf(address))) recipients.set(addressKeyOf(address), address);
  return [...recipients.values()];
}

function reminderTo(to: string, stage: ReminderStage, key: Credential, domain: Domain): DueReminder {
  const { keyId, type, name, expireTime = '' } = key;
  const { domainId } = domain;
  return {
    ref: { domainId, keyId, reminderId: `${stage}-${hashOf(to)}` },
    to,
    key: { type, domainId, domainName: domain.name, keyId, keyName: name, expireTime },
    ttl: endOfReminders(expireTime),
  };
}

/** SES takes only letters, digits, and dashes as a tag. */
const hashOf = (address: string): string =>
  createHash('sha256').update(addressKeyOf(address)).digest('hex').slice(0, 32);
