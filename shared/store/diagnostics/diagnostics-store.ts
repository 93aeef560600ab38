import { createHash } from 'node:crypto';
import { PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { diagnosticKey, diagnosticPartition } from '../table/keys';
import type {
  IgnoredAttribute,
  UnknownMembers,
  DiagnosticsPage,
  Refusal,
  RefusedRequests,
  UndeliverableAddress,
} from './diagnostic';
import type { Table } from '../table/table';

const HOUR_SECONDS = 3_600;
const DAY_SECONDS = 24 * HOUR_SECONDS;
/** Refused requests are told for a day. */
const REFUSAL_TTL_SECONDS = 26 * HOUR_SECONDS;
/** How long what clients send too much, or wrongly, is told after it was last sent. */
export const SENT_TTL_SECONDS = 7 * DAY_SECONDS;
const ADDRESS_TTL_SECONDS = 90 * DAY_SECONDS;

/** A request waits for its notes, and no longer than that for a table that does not answer. */
const TIMEOUT_MS = 3_000;
/** Items of one kind that are read. */
const MAX_ITEMS_READ = 100;
/** Bytes of a text; so that with all of them a note takes one write unit, which is 1 kB. */
const MAX_TEXT_BYTES = 250;

/** What a license administrator should know of what clients and mails ran into. Written best effort, read by readiness. */
export class DiagnosticsStore {
  constructor(
    private readonly table: Table,
    private readonly timeoutMs = TIMEOUT_MS,
  ) {}

  recordRefusal(domainId: string, refusal: Refusal, count: number, now: Date): Promise<void> {
    const { method, route, status, scimType, userAgent } = refusal;
    const texts = truncateTexts({ method, route, scimType, userAgent, detail: refusal.detail });
    const kind = hashOf([method, route, String(status), scimType ?? '', texts.userAgent ?? '']);
    return this.update(
      domainId,
      `refused#${hourOf(now)}#${kind}`,
      { ...texts, status, lastAt: now.toISOString() },
      count,
      ttl(now, REFUSAL_TTL_SECONDS),
    );
  }

  recordIgnored(domainId: string, ignored: Omit<IgnoredAttribute, 'lastAt'>, now: Date): Promise<void> {
    const texts = truncateTexts({ ...ignored });
    return this.update(
      domainId,
      `ignored#${texts.resourceType}#${texts.attribute}`,
      { ...texts, lastAt: now.toISOString() },
      1,
      ttl(now, SENT_TTL_SECONDS),
    );
  }

  recordUnknownMembers(domainId: string, leftOut: Omit<UnknownMembers, 'lastAt'>, now: Date): Promise<void> {
    const { count, ...rest } = leftOut;
    return this.update(
      domainId,
      `left-out#${rest.resourceId}`,
      { ...truncateTexts(rest), lastAt: now.toISOString() },
      count,
      ttl(now, SENT_TTL_SECONDS),
    );
  }

  async recordUndeliverable(
    domainId: string,
    address: Omit<UndeliverableAddress, 'lastAt'>,
    now: Date,
  ): Promise<void> {
    const detail = address.detail === undefined ? {} : truncateTexts({ detail: address.detail });
    await this.table.client.send(
      new PutCommand({
        TableName: this.table.name,
        Item: {
          ...diagnosticKey(domainId, `undeliverable#${address.userId}`),
          ...address,
          ...detail,
          lastAt: now.toISOString(),
          ttl: ttl(now, ADDRESS_TTL_SECONDS),
        },
      }),
      { abortSignal: AbortSignal.timeout(this.timeoutMs) },
    );
  }

  /** Those of the last 24 hours. */
  async refusals(domainId: string, now: Date): Promise<DiagnosticsPage<RefusedRequests>> {
    const since = new Date(now.getTime() - DAY_SECONDS * 1_000);
    const found = await this.read<RefusedRequests>(domainId, 'refused', hourOf(since));
    return { ...found, entries: found.entries.filter(({ lastAt }) => lastAt >= since.toISOString()) };
  }

  ignored(domainId: string, now: Date): Promise<DiagnosticsPage<IgnoredAttribute>> {
    return this.readSent(domainId, 'ignored', now);
  }

  unknownMembers(domainId: string, now: Date): Promise<DiagnosticsPage<UnknownMembers>> {
    return this.readSent(domainId, 'left-out', now);
  }

  undeliverable(domainId: string, limit = MAX_ITEMS_READ): Promise<DiagnosticsPage<UndeliverableAddress>> {
    return this.read(domainId, 'undeliverable', '', limit);
  }

  private async readSent<T extends { readonly lastAt: string }>(
    domainId: string,
    kind: string,
    now: Date,
  ): Promise<DiagnosticsPage<T>> {
    const since = new Date(now.getTime() - SENT_TTL_SECONDS * 1_000).toISOString();
    const { entries, more } = await this.read<T>(domainId, kind);
    // What expired is deleted up to two days later.
    return { entries: entries.filter(({ lastAt }) => lastAt >= since), more };
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
        Key: diagnosticKey(domainId, id),
        UpdateExpression: `SET ${fields.map(([name]) => `#${name} = :${name}`).join(', ')} ADD #count :count`,
        ExpressionAttributeNames: Object.fromEntries(
          ['count', ...fields.map(([name]) => name)].map((name) => [`#${name}`, name]),
        ),
        ExpressionAttributeValues: {
          ':count': count,
          ...Object.fromEntries(fields.map(([name, value]) => [`:${name}`, value])),
        },
      }),
      { abortSignal: AbortSignal.timeout(this.timeoutMs) },
    );
  }

  /** The newest of a kind, from the id that begins with `from` on. */
  private async read<T>(
    domainId: string,
    kind: string,
    from = '',
    limit = MAX_ITEMS_READ,
  ): Promise<DiagnosticsPage<T>> {
    const { Items = [], LastEvaluatedKey } = await this.table.client.send(
      new QueryCommand({
        TableName: this.table.name,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
        ExpressionAttributeValues: {
          ':pk': diagnosticPartition(domainId),
          ':from': `${kind}#${from}`,
          // The character after `#`.
          ':to': `${kind}$`,
        },
        ConsistentRead: true,
        ScanIndexForward: false,
        Limit: limit,
      }),
    );
    const entries = Items.map(({ pk: _pk, sk: _sk, ttl: _ttl, ...notice }) => notice as T);
    return { entries, more: LastEvaluatedKey !== undefined };
  }
}

/** To the hour, so that it sorts. */
const hourOf = (time: Date): string => time.toISOString().slice(0, 13);

const ttl = (now: Date, seconds: number): number => Math.floor(now.getTime() / 1_000) + seconds;

/** Clients' texts in keys and items, of bounded length and in UTF-8; those that are undefined are left out. */
function truncateTexts<T extends Readonly<Record<string, string | undefined>>>(texts: T): T {
  const given = Object.entries(texts).filter(([, text]) => text !== undefined);
  return Object.fromEntries(given.map(([name, text]) => [name, truncateText(text as string)])) as T;
}

/** No character is cut in two. */
function truncateText(text: string): string {
  const bytes = Buffer.from(text);
  return bytes.length <= MAX_TEXT_BYTES
    ? bytes.toString()
    : `${bytes
        .subarray(0, MAX_TEXT_BYTES)
        .toString()
        .replace(/\ufffd+$/, '')}…`;
}

const hashOf = (parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22);
