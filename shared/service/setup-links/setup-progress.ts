import { timeOfId } from '../../id';
import { CredentialStore } from '../../store/credentials/credential-store';
import { type RefusedRequests, TOKEN_ROUTE } from '../../store/diagnostics/diagnostic';
import { DiagnosticsStore } from '../../store/diagnostics/diagnostics-store';
import { readCounts } from '../../store/domains/counts';
import { readFirstMails } from '../../store/mail/first-mails';
import type { MailItem } from '../../store/mail/mail-item';
import { RequestLog } from '../../store/requests/request-log';
import type { RequestRecord } from '../../store/requests/request-record';
import { resourcePartition } from '../../store/table/keys';
import { text } from '../../store/table/read-item';
import type { Table } from '../../store/table/table';

/**
 * A request of an identity provider that was refused, also one for an access token, without personal values.
 */
interface RefusedRequest {
  /** RFC 3339, UTC. */
  readonly at: string;
  /** The method and the kind of resource, such as `PATCH /Users/{id}`. */
  readonly request: string;
  readonly status: number;
  readonly reason?: string;
}

/**
 * The progress of the setup of a domain. It contains counts and times, but nothing about individual users.
 */
export interface SetupProgress {
  readonly requests: {
    /**
     * The time of the last authenticated request of a usable credential; absent if there was none. RFC 3339,
     * UTC.
     */
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
  const [credentials, refused, tokens, counts, firstUser, mails] = await Promise.all([
    new CredentialStore(table).list(domainId),
    newestRefused(table, domainId, connectionId, now),
    new DiagnosticsStore(table).refusals(domainId, now, connectionId),
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
      refused: [...refused.map(refusedRequest), ...tokens.entries.flatMap(refusedTokenRequest)]
        .sort((one, other) => other.at.localeCompare(one.at))
        .slice(0, MAX_REFUSED),
    },
    users: { count: counts.users, ...(user && { firstAt: timeOfId(text(user, 'sk')).toISOString() }) },
    mails: mailProgress(mails),
  };
}

async function newestRefused(
  table: Table,
  domainId: string,
  connectionId: string | undefined,
  now: Date,
): Promise<readonly RequestRecord[]> {
  const from = new Date(now.getTime() - DAY_MS).toISOString();
  const filter = { outcome: 'refused', from, ...(connectionId !== undefined && { connectionId }) } as const;
  return (await new RequestLog(table).page(domainId, filter, MAX_REFUSED, now)).requests;
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

/**
 * The function that issues access tokens records no requests. Its refusals are diagnostics, one for each
 * cause and hour.
 */
const refusedTokenRequest = ({ method, route, status, lastAt, detail }: RefusedRequests): RefusedRequest[] =>
  route === TOKEN_ROUTE ? [{ at: lastAt, request: `${method} ${route}`, status, reason: detail }] : [];

const latest = (times: readonly (string | undefined)[]): string | undefined =>
  times
    .flatMap((time) => time ?? [])
    .sort()
    .at(-1);
