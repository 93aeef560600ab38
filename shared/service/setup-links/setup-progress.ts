import { timeOfId } from '../../id';
import { CredentialStore } from '../../store/credentials/credential-store';
import { readCounts } from '../../store/domains/counts';
import { readFirstMails } from '../../store/mail/first-mails';
import type { MailItem } from '../../store/mail/mail-item';
import { RequestLog } from '../../store/requests/request-log';
import type { RequestRecord } from '../../store/requests/request-record';
import { resourcePartition } from '../../store/table/keys';
import { text } from '../../store/table/read-item';
import type { Table } from '../../store/table/table';

/** A request of an identity provider that was refused, without personal values. */
interface RefusedRequest {
  /** RFC 3339, UTC. */
  readonly at: string;
  /** The method and the kind of resource, such as `PATCH /Users/{id}`. */
  readonly request: string;
  readonly status: number;
  readonly reason?: string;
}

/** How far the setup of a domain has come. It contains counts and times, but nothing about individual users. */
export interface SetupProgress {
  readonly requests: {
    /** The time of the last authenticated request of a usable credential; absent if there was none. RFC 3339, UTC. */
    readonly lastAt?: string;
    /** The newest refused requests of the last day. */
    readonly refused: readonly RefusedRequest[];
  };
  readonly users: { readonly count: number; readonly firstAt?: string };
  readonly mails: {
    readonly firstSentAt?: string;
    /** The status of an email to one of the first users that was not sent, if none was sent. */
    readonly problem?: MailItem['status'];
  };
}

const DAY_MS = 86_400_000;
const MAX_REFUSED = 3;
const MAX_REQUESTS = 20;
const MAX_MAILS = 25;

/** Statuses of an email that SES has accepted. */
const SENT: ReadonlySet<MailItem['status']> = new Set(['sent', 'delivered', 'bounced', 'complained']);
/** Statuses of an email that does not arrive without somebody's help. */
const PROBLEMS: ReadonlySet<MailItem['status']> = new Set(['failed', 'suppressed', 'no-address', 'bounced']);

/** Reads how far the setup has come. `connectionId` limits the requests to those of one connection. */
export async function readSetupProgress(
  table: Table,
  domainId: string,
  connectionId: string | undefined,
  now: Date,
): Promise<SetupProgress> {
  const [credentials, refused, counts, firstUser, mails] = await Promise.all([
    new CredentialStore(table).list(domainId),
    newestRefused(table, domainId, now),
    readCounts(table, domainId),
    table.query({ pk: resourcePartition(domainId, 'USER'), limit: 1, attributes: ['sk'] }),
    readFirstMails(table, domainId, MAX_MAILS),
  ]);
  const isOfConnection = (id: string) => connectionId === undefined || id === connectionId;
  const lastAt = latest(
    credentials
      .filter((each) => each.revokedAt === undefined && isOfConnection(each.connectionId))
      .map((each) => each.lastUsedAt),
  );
  const [user] = firstUser.items;
  return {
    requests: {
      ...(lastAt !== undefined && { lastAt }),
      refused: refused
        .filter((record) => isOfConnection(record.connectionId))
        .slice(0, MAX_REFUSED)
        .map(refusedRequest),
    },
    users: { count: counts.users, ...(user && { firstAt: timeOfId(text(user, 'sk')).toISOString() }) },
    mails: mailProgress(mails),
  };
}

async function newestRefused(table: Table, domainId: string, now: Date): Promise<readonly RequestRecord[]> {
  const from = new Date(now.getTime() - DAY_MS).toISOString();
  return (await new RequestLog(table).page(domainId, { outcome: 'refused', from }, MAX_REQUESTS, now))
    .requests;
}

function mailProgress(mails: readonly MailItem[]): SetupProgress['mails'] {
  const sent = mails.filter(({ status }) => SENT.has(status)).flatMap(({ sentAt }) => sentAt ?? []);
  const [firstSentAt] = sent.sort();
  if (firstSentAt !== undefined) return { firstSentAt };
  const problem = mails.find(({ status }) => PROBLEMS.has(status))?.status;
  return problem === undefined ? {} : { problem };
}

function refusedRequest({ id, method, path, status, reason }: RequestRecord): RefusedRequest {
  const [, resource = '', ...rest] = path.split('/');
  const request = `${method} /${resource}${rest.length > 0 ? '/{id}' : ''}`;
  return { at: timeOfId(id).toISOString(), request, status, ...(reason !== undefined && { reason }) };
}

const latest = (times: readonly (string | undefined)[]): string | undefined =>
  times
    .flatMap((time) => time ?? [])
    .sort()
    .at(-1);
