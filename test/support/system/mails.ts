import { eventually } from '../jest/timeouts';
import { session } from './system';

const MAIL_POLL_MS = 50;
/** The emails since this test file started, oldest first, but not those of earlier test files. */
let knownMails: readonly Mail[] = [];
/** All earlier emails are known. Seconds since the epoch, as in the time of an email. */
let mailsKnownUntil = Math.floor(Date.now() / 1_000);

export interface Mail {
  readonly messageId: string;
  /** Seconds since the epoch. */
  readonly at: number;
  readonly from: string;
  readonly replyTo: readonly string[];
  readonly destination: { readonly to: readonly string[] };
  readonly subject: string;
  readonly body: { readonly text?: string; readonly html?: string };
}

let reading: Promise<readonly Mail[]> = Promise.resolve([]);

/**
 * Returns all emails since this test file started, oldest first. Reads only those that are not known yet,
 * because tests call it many times a second while other tests send thousands of emails.
 */
function listMails(): Promise<readonly Mail[]> {
  // One after the other, because each call continues where the last one ended.
  reading = reading.catch(() => []).then(readMails);
  return reading;
}

async function readMails(): Promise<readonly Mail[]> {
  const since = mailsKnownUntil;
  const response = await fetch(`${session().mailUrl}/store?since=${since}`);
  const { emails } = (await response.json()) as { emails: Mail[] };
  // More emails may arrive in the second of the last one.
  knownMails = [...knownMails.filter(({ at }) => at < since), ...emails];
  mailsKnownUntil = emails.at(-1)?.at ?? since;
  return knownMails;
}

/** Returns the emails to an address since this test file started, oldest first. */
export const listMailsTo = async (address: string): Promise<Mail[]> =>
  (await listMails()).filter(({ destination }) => destination.to.includes(address));

/** Returns the emails since this test file started by their addresses, oldest first. */
export async function listMailsByAddress(): Promise<ReadonlyMap<string, Mail[]>> {
  const mails = new Map<string, Mail[]>();
  for (const mail of await listMails())
    for (const address of mail.destination.to) mails.set(address, [...(mails.get(address) ?? []), mail]);
  return mails;
}

/** Waits until `count` emails have arrived at an address. */
export async function waitForMail(address: string, count = 1): Promise<Mail[]> {
  let mails: Mail[] = [];
  await eventually(
    `${count} emails to ${address}`,
    async () => (mails = await listMailsTo(address)).length >= count,
    MAIL_POLL_MS,
  );
  return mails;
}
