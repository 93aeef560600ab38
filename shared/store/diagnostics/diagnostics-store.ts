import { createHash } from 'node:crypto';
import { PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { noticeKey, noticePartition } from '../table/keys';
import type {
  IgnoredAttribute,
  LeftOut,
  Noticed,
  Refusal,
  RefusedRequests,
  UndeliverableAddress,
} from './diagnostic';
import type { Table } from '../table/table';

const HOUR_SECONDS = 3_600;
const DAY_SECONDS = 24 * HOUR_SECONDS;
/** Refused requests are told for a day. */
const REFUSED_SECONDS = 26 * HOUR_SECONDS;
/** How long what clients send too much, or wrongly, is told after it was last sent. */
export const SENT_SECONDS = 7 * DAY_SECONDS;
const ADDRESS_SECONDS = 90 * DAY_SECONDS;

/** A request waits for its notes, and no longer than that for a table that does not answer. */
const PATIENCE_MS = 3_000;
/** Items of one kind that are read. */
const READ_AT_MOST = 100;
/** Bytes of a text; so that with all of them a note takes one write unit, which is 1 kB. */
const LONGEST_TEXT = 250;

/** What a license administrator should know of what clients and mails ran into. Written best effort, read by readiness. */
export class NoticeStore {
  constructor(
    private readonly table: Table,
    private readonly patienceMs = PATIENCE_MS,
  ) {}

  noteRefusal(domainId: string, refusal: Refusal, count: number, now: Date): Promise<void> {
    const { method, route, status, scimType, userAgent } = refusal;
    const texts = shortTexts({ method, route, scimType, userAgent, detail: refusal.detail });
    const kind = hashOf([method, route, String(status), scimType ?? '', texts.userAgent ?? '']);
    return this.update(
      domainId,
      `refused#${hourOf(now)}#${kind}`,
      { ...texts, status, lastAt: now.toISOString() },
      count,
      ttl(now, REFUSED_SECONDS),
    );
  }

  noteIgnored(domainId: string, ignored: Omit<IgnoredAttribute, 'lastAt'>, now: Date): Promise<void> {
    const texts = shortTexts({ ...ignored });
    return this.update(
      domainId,
      `ignored#${texts.resourceType}#${texts.attribute}`,
      { ...texts, lastAt: now.toISOString() },
      1,
      ttl(now, SENT_SECONDS),
    );
  }

  noteLeftOut(domainId: string, leftOut: Omit<LeftOut, 'lastAt'>, now: Date): Promise<void> {
    const { count, ...rest } = leftOut;
    return this.update(
      domainId,
      `left-out#${rest.resourceId}`,
      { ...shortTexts(rest), lastAt: now.toISOString() },
      count,
      ttl(now, SENT_SECONDS),
    );
  }

  async noteUndeliverable(
    domainId: string,
    address: Omit<UndeliverableAddress, 'lastAt'>,
    now: Date,
  ): Promise<void> {
    const detail = address.detail === undefined ? {} : shortTexts({ detail: address.detail });
    await this.table.client.send(
      new PutCommand({
        TableName: this.table.name,
        Item: {
          ...noticeKey(domainId, `undeliverable#${address.userId}`),
          ...address,
          ...detail,
          lastAt: now.toISOString(),
          ttl: ttl(now, ADDRESS_SECONDS),
        },
      }),
      { abortSignal: AbortSignal.timeout(this.patienceMs) },
    );
  }

  /** Those of the last 24 hours. */
  async refusals(domainId: string, now: Date): Promise<Noticed<RefusedRequests>> {
    const since = new Date(now.getTime() - DAY_SECONDS * 1_000);
    const found = await this.read<RefusedRequests>(domainId, 'refused', hourOf(since));
    return { ...found, notices: found.notices.filter(({ lastAt }) => lastAt >= since.toISOString()) };
  }

  ignored(domainId: string, now: Date): Promise<Noticed<IgnoredAttribute>> {
    return this.sent(domainId, 'ignored', now);
  }

  leftOut(domainId: string, now: Date): Promise<Noticed<LeftOut>> {
    return this.sent(domainId, 'left-out', now);
  }

  undeliverable(domainId: string, limit = READ_AT_MOST): Promise<Noticed<UndeliverableAddress>> {
    return this.read(domainId, 'undeliverable', '', limit);
  }

  private async sent<T extends { readonly lastAt: string }>(
    domainId: string,
    kind: string,
    now: Date,
  ): Promise<Noticed<T>> {
    const since = new Date(now.getTime() - SENT_SECONDS * 1_000).toISOString();
    const { notices, more } = await this.read<T>(domainId, kind);
    // What expired is deleted up to two days later.
    return { notices: notices.filter(({ lastAt }) => lastAt >= since), more };
  }

  private async update(
    domainId: string,
    id: string,
    set: Readonly<Record<string, unknown>>,
    count: number,
    expires: number,
  ): Promise<void> {
    const fields = Object.entries({ ...set, ttl: expires });
    await this.table.client.send(
      new UpdateCommand({
        TableName: this.table.name,
        Key: noticeKey(domainId, id),
        UpdateExpression: `SET ${fields.map(([name]) => `#${name} = :${name}`).join(', ')} ADD #count :count`,
        ExpressionAttributeNames: Object.fromEntries(
          ['count', ...fields.map(([name]) => name)].map((name) => [`#${name}`, name]),
        ),
        ExpressionAttributeValues: {
          ':count': count,
          ...Object.fromEntries(fields.map(([name, value]) => [`:${name}`, value])),
        },
      }),
      { abortSignal: AbortSignal.timeout(this.patienceMs) },
    );
  }

  /** The newest of a kind, from the id that begins with `from` on. */
  private async read<T>(
    domainId: string,
    kind: string,
    from = '',
    limit = READ_AT_MOST,
  ): Promise<Noticed<T>> {
    const { Items = [], LastEvaluatedKey } = await this.table.client.send(
      new QueryCommand({
        TableName: this.table.name,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
        ExpressionAttributeValues: {
          ':pk': noticePartition(domainId),
          ':from': `${kind}#${from}`,
          // The character after `#`.
          ':to': `${kind}$`,
        },
        ConsistentRead: true,
        ScanIndexForward: false,
        Limit: limit,
      }),
    );
    const notices = Items.map(({ pk: _pk, sk: _sk, ttl: _ttl, ...notice }) => notice as T);
    return { notices, more: LastEvaluatedKey !== undefined };
  }
}

/** To the hour, so that it sorts. */
const hourOf = (time: Date): string => time.toISOString().slice(0, 13);

const ttl = (now: Date, seconds: number): number => Math.floor(now.getTime() / 1_000) + seconds;

/** Clients' texts in keys and items, of bounded length and in UTF-8; those that are undefined are left out. */
function shortTexts<T extends Readonly<Record<string, string | undefined>>>(texts: T): T {
  const given = Object.entries(texts).filter(([, text]) => text !== undefined);
  return Object.fromEntries(given.map(([name, text]) => [name, shortened(text as string)])) as T;
}

/** No character is cut in two. */
function shortened(text: string): string {
  const bytes = Buffer.from(text);
  return bytes.length <= LONGEST_TEXT
    ? bytes.toString()
    : `${bytes
        .subarray(0, LONGEST_TEXT)
        .toString()
        .replace(/\ufffd+$/, '')}…`;
}

const hashOf = (parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22);
