import { createHash } from 'node:crypto';
import type { DynamoDBRecord } from 'aws-lambda';
import type { EventActor, EventDataByType, EventResource, EventSubject } from '../../events/event';
import type { EventType } from '../../events/event-types';
import type { ItemKey } from '../../store/table/keys';
import type { Item } from '../../store/table/read-item';
import { itemOfImage } from '../../store/table/stream-record';

/** A change of one item of a domain, as the stream reports it. */
export interface ItemChange {
  readonly domainId: string;
  readonly key: ItemKey;
  readonly before?: Item;
  readonly after?: Item;
  /** Orders the changes of the item. */
  readonly sequenceNumber: string;
  /** The time of the change to the second: RFC 3339, UTC. */
  readonly recordedAt: string;
}

/** The meaning of a change. It becomes an event when it has an actor and a place in the feed. */
export interface EventFacts<T extends EventType = EventType> {
  readonly type: T;
  readonly subject: EventSubject;
  readonly data: EventDataByType[T];
  /** RFC 3339, UTC. @default - the time of the record */
  readonly time?: string;
  /** The item names who made the change. @default - the audit event of the change does */
  readonly actor?: EventActor;
  /** There is no event if this item exists: the change then has another meaning. */
  readonly unless?: ItemKey;
  readonly before?: EventResource;
  readonly after?: EventResource;
}

/** Creates facts, and checks their data by their type. */
export const facts = <T extends EventType>(each: EventFacts<T>): EventFacts => each;

/** Returns the change that a record reports for a domain. Throws if an item is newer than this code. */
export function changeOf(domainId: string, { dynamodb }: DynamoDBRecord): ItemChange {
  const { Keys, OldImage, NewImage, SequenceNumber = '', ApproximateCreationDateTime = 0 } = dynamodb ?? {};
  return {
    domainId,
    key: { pk: Keys?.pk?.S ?? '', sk: Keys?.sk?.S ?? '' },
    ...(OldImage && { before: itemOfImage(OldImage) }),
    ...(NewImage && { after: itemOfImage(NewImage) }),
    sequenceNumber: SequenceNumber,
    recordedAt: new Date(ApproximateCreationDateTime * 1000).toISOString(),
  };
}

/**
 * Returns the id of an event: a UUIDv7 with its time (RFC 9562 §5.7), whose other bits depend on what the
 * event is made of. So an event has the same id each time.
 */
export function eventId(time: string, parts: readonly string[]): string {
  const bytes = createHash('sha256').update(JSON.stringify(parts)).digest().subarray(0, 16);
  bytes.writeUIntBE(Date.parse(time), 0, 6);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
