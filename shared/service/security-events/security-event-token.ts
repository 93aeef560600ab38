import { createHash } from 'node:crypto';
import type { ChangeEvent } from '../../events/event';
import { scimEventOf, type ScimSubject } from '../../events/scim-events';
import type { EventContent } from '../../store/consumers/change-consumers';

/** The type of the JWT (RFC 8417 §2.3), so that no other JWT of the service can be taken for a SET. */
export const SET_TYPE = 'secevent+jwt';

/** The stream of SETs of one subscription. */
export interface SetStream {
  readonly subscriptionId: string;
  /** The claim `iss`: the base URL of SCIM at the creation of the subscription. */
  readonly issuer: string;
  /** The claim `aud`. */
  readonly audience: string;
  readonly content: EventContent;
}

/** An event with its place in the feed. */
export interface PlacedEvent {
  readonly position: number;
  /** The time at which the event was written; RFC 3339. */
  readonly time: string;
  /** The JSON of the event. */
  readonly body: Buffer;
}

/** The claims of a SET (RFC 8417 §2.2, RFC 9967 §2). Times are in seconds since the epoch. */
export interface SetClaims {
  readonly iss: string;
  readonly aud: string;
  readonly iat: number;
  readonly jti: string;
  /** Identifies the change: the id of the event, which is the same for all receivers. */
  readonly txn: string;
  /** The time of the change. */
  readonly toe: number;
  /** The domain of the resource. It is a claim of this service, because paths of SCIM do not contain it. */
  readonly domainId: string;
  readonly sub_id: ScimSubject;
  readonly events: Readonly<Record<string, object>>;
}

/**
 * Returns the claims of the SET of an event; undefined if SCIM has no such event. They depend on nothing
 * else, so a SET that is sent again has the same claims.
 */
export function setClaims(
  { subscriptionId, issuer, audience, content }: SetStream,
  { position, time, body }: PlacedEvent,
): SetClaims | undefined {
  const event = JSON.parse(body.toString()) as ChangeEvent;
  const described = scimEventOf(event, content);
  if (!described) return undefined;
  const claims = {
    iss: issuer,
    aud: audience,
    iat: seconds(time),
    txn: event.id,
    toe: seconds(event.time),
    domainId: event.domainId,
    sub_id: described.subject,
    events: described.events,
  };
  const hash = createHash('sha256')
    .update(JSON.stringify([subscriptionId, claims]))
    .digest('base64url');
  return { ...claims, jti: `${position}-${hash.slice(0, HASH_LENGTH)}` };
}

/** 132 bits. */
const HASH_LENGTH = 22;

/** Returns the position that a `jti` of this service begins with; undefined if it is not one. */
export function positionInJti(jti: string): number | undefined {
  const [, position] = /^(\d{1,12})-[\w-]{22}$/.exec(jti) ?? [];
  return position === undefined ? undefined : Number(position);
}

const seconds = (time: string): number => Math.floor(Date.parse(time) / 1_000);
