import type { DynamoDBRecord } from 'aws-lambda';
import type { EventActor, EventDraft } from '../../events/event';
import type { Consumers, EventContent } from '../../store/consumers/change-consumers';
import { domainOfPartition } from '../../store/table/event-keys';
import {
  CONNECTION_PREFIX,
  CREDENTIAL_PREFIX,
  DEPLOYMENT,
  domainKey,
  licensePartition,
  MEMBER_PREFIX,
  membershipPartition,
  resourcePartition,
  type ItemKey,
} from '../../store/table/keys';
import { mailPartition } from '../../store/table/mail-keys';
import { MalformedItem } from '../../store/table/read-item';
import type { RecordedWork, Work } from '../dispatch/dispatch-batch';
import { changeOf, type EventFacts, type ItemChange } from './change';
import { connectionFacts, credentialFacts, domainFacts, emailFacts } from './domain-facts';
import { licenseFacts } from './license-facts';
import { groupFacts, membershipFacts, userFacts } from './resource-facts';

/** A change that becomes an event, with what the feed needs to write it once and in order. */
export interface RecordedChange extends Omit<EventDraft, 'id' | 'actor'> {
  /** Identifies the item that has changed, among those of the subject. */
  readonly source: string;
  /** Orders the changes of the item. */
  readonly sequenceNumber: string;
  readonly actor?: EventActor;
  readonly unless?: ItemKey;
}

/**
 * The work of the feed writer: changes in the order of their records. `domainId` is the scope of the feed.
 */
export interface EventWork extends Work {
  /** The stream of the records. */
  readonly streamArn?: string;
  readonly changes: readonly RecordedChange[];
}

/** Larger resources are left out of an event, so that it fits into a message and an item. */
const MAX_CONTENT_BYTES = 90_000;
/**
 * A message of SQS has at most 262,144 bytes. A change of a user has up to two events with the same content.
 */
const MAX_MESSAGE_BYTES = 120_000;
/** Several messages that become one transaction. A partition of DynamoDB writes at most 1,000 kB a second. */
const MAX_JOINED_BYTES = 300_000;
/**
 * The audit events around these times are read to find the actors. Members who join a group later are another
 * event.
 */
const MAX_JOINED_SECONDS = 60;
/** The events of so many changes fit into one transaction, which has up to three writes for each change. */
const MAX_CHANGES = 30;

/** Returns what a change of an item means. The key of the item tells its kind. */
function factsOf(change: ItemChange): EventFacts[] {
  const { domainId, key } = change;
  switch (key.pk) {
    case resourcePartition(domainId, 'USER'):
      return userFacts(change);
    case resourcePartition(domainId, 'GROUP'):
      return groupFacts(change);
    case licensePartition(domainId):
      return licenseFacts(change);
    case mailPartition(domainId):
      return emailFacts(change);
    case domainKey(domainId).pk:
      if (key.sk === domainKey(domainId).sk) return domainFacts(change);
      if (key.sk.startsWith(CONNECTION_PREFIX)) return connectionFacts(change);
      return key.sk.startsWith(CREDENTIAL_PREFIX) ? credentialFacts(change) : [];
    default:
      return key.pk.startsWith(membershipPartition(domainId, '')) && key.sk.startsWith(MEMBER_PREFIX)
        ? membershipFacts(change)
        : [];
  }
}

/**
 * Returns the work for the feeds that have subscriptions. Calls `onUnreadable` for each record that can never
 * be read, so that it holds up no others.
 */
export function eventsIn(
  records: readonly DynamoDBRecord[],
  consumers: Consumers,
  onUnreadable: (record: DynamoDBRecord, error: unknown) => void,
): RecordedWork[] {
  const work: RecordedWork[] = [];
  const open = new Map<string, OpenWork>();
  for (const record of records) {
    const domainId = domainOfPartition(record.dynamodb?.Keys?.pk?.S ?? '');
    if (domainId === undefined) continue;
    const scopes = scopesOf(consumers, domainId);
    if (scopes.length === 0) continue;
    const found = readChange(domainId, record, onUnreadable);
    if (found.length === 0) continue;
    for (const { scope, content } of scopes) {
      const changes = found.map((each) => withContent(each, content));
      const bytes = Buffer.byteLength(JSON.stringify(changes));
      const current = open.get(scope);
      if (current && fits(current, changes, bytes)) {
        current.work.changes.push(...changes);
        current.bytes += bytes;
        current.last = record;
        continue;
      }
      const { eventSourceARN: streamArn } = record;
      const part = {
        domainId: scope,
        ...(streamArn !== undefined && { streamArn }),
        changes,
      };
      const next: OpenWork = { first: record, last: record, work: part, bytes };
      open.set(scope, next);
      work.push(next);
    }
  }
  return work;
}

/** A message that more changes may join. */
interface OpenWork extends RecordedWork {
  last: DynamoDBRecord;
  readonly work: { readonly domainId: string; readonly changes: RecordedChange[] };
  bytes: number;
}

const fits = (open: OpenWork, changes: readonly RecordedChange[], bytes: number): boolean =>
  open.work.changes.length + changes.length <= MAX_CHANGES && open.bytes + bytes <= MAX_MESSAGE_BYTES;

/** Returns the feeds that get the changes of a domain, and what their subscriptions want to know. */
function scopesOf(consumers: Consumers, domainId: string): { scope: string; content: EventContent }[] {
  const [ofDomain, ofDeployment] = [consumers.eventsOf(domainId), consumers.eventsOfDeployment];
  return [
    ...(ofDomain ? [{ scope: domainId, content: ofDomain }] : []),
    ...(ofDeployment ? [{ scope: DEPLOYMENT, content: ofDeployment }] : []),
  ];
}

function readChange(
  domainId: string,
  record: DynamoDBRecord,
  onUnreadable: (record: DynamoDBRecord, error: unknown) => void,
): RecordedChange[] {
  try {
    const change = changeOf(domainId, record);
    return factsOf(change).map(({ time = change.recordedAt, ...each }) => ({
      ...each,
      time,
      domainId,
      source: sourceOf(each, change.key),
      sequenceNumber: change.sequenceNumber,
    }));
  } catch (error) {
    // Another error, such as that of an item of a newer version, goes away.
    if (!(error instanceof MalformedItem)) throw error;
    onUnreadable(record, error);
    return [];
  }
}

/**
 * A connection has an item for itself and one for each credential, and the members of a group have one each.
 */
function sourceOf({ subject: { type } }: EventFacts, { sk }: ItemKey): string {
  if (type === 'groupMembers') return sk.slice(MEMBER_PREFIX.length);
  return type === 'connection' ? sk : ONLY_SOURCE;
}

/** The source of a subject that has only one item. */
const ONLY_SOURCE = 'item';

/** Returns a change with or without its resources. */
function withContent({ before, after, ...change }: RecordedChange, content: EventContent): RecordedChange {
  if (content === 'notice') return change;
  const isTooLarge = Buffer.byteLength(JSON.stringify({ before, after })) > MAX_CONTENT_BYTES;
  return isTooLarge ? change : { ...change, ...(before && { before }), ...(after && { after }) };
}

/**
 * Returns the work of two messages as one, if it is for the same feed and stream, from about the same time,
 * and fits into one transaction. The dispatcher may have sent the first changes of `next` before, as the last
 * ones of `one`. They are dropped.
 */
export function joinEventWork(one: EventWork, next: EventWork): EventWork | undefined {
  if (one.domainId !== next.domainId || one.streamArn !== next.streamArn) return undefined;
  const latest = new Map(one.changes.map((change) => [itemOf(change), BigInt(change.sequenceNumber)]));
  const added = next.changes.filter(
    (change) => BigInt(change.sequenceNumber) > (latest.get(itemOf(change)) ?? -1n),
  );
  const changes = [...one.changes, ...added];
  const isTooLarge =
    changes.length > MAX_CHANGES || Buffer.byteLength(JSON.stringify(changes)) > MAX_JOINED_BYTES;
  if (isTooLarge || secondsBetween(changes) > MAX_JOINED_SECONDS) return undefined;
  return { ...one, changes };
}

/** Returns the time from the first change to the last one. */
const secondsBetween = (changes: readonly RecordedChange[]): number =>
  (Date.parse(changes.at(-1)?.time ?? '') - Date.parse(changes[0]?.time ?? '')) / 1_000;

/** Identifies the item that has changed. */
const itemOf = ({ subject, source }: RecordedChange): string =>
  JSON.stringify([subject.type, subject.id, source]);

/** Reads the work of a message. Throws if the body is not work, which the dispatcher never sends. */
export function parseEventWork(body: string): EventWork {
  const { domainId, streamArn, changes } = JSON.parse(body) as Partial<EventWork>;
  if (typeof domainId !== 'string' || domainId === '' || !Array.isArray(changes))
    throw new Error('The message has no changes.');
  return {
    domainId,
    ...(typeof streamArn === 'string' && { streamArn }),
    changes,
  };
}
