import type { SigningKeys } from '../../signing/signing-keys';
import type { PendingSets } from '../../store/webhooks/pending-sets';
import type { SubscriptionRef } from '../../store/webhooks/webhook-keys';
import { oneByOne, type Channel, type OutgoingEvent, type SendResult } from '../webhooks/channel';
import type { PostToEndpoint } from '../webhooks/endpoint-post';
import {
  SET_TYPE,
  setClaims,
  type PlacedEvent,
  type SetClaims,
  type SetStream,
} from './security-event-token';
import { parseSetError, refusalReason, refusesStream } from './set-error';

/** The SETs that are signed and stored at the same time. */
const MAX_SIGNED = 10;

export interface SetChannelParts {
  readonly signer: Pick<SigningKeys, 'signJwt'>;
  readonly now: () => Date;
}

/** Returns the channel that pushes SETs to a receiver (RFC 8935), one in a request. */
export const pushChannel = (
  stream: SetStream,
  { endpoint, authorization }: { readonly endpoint: string; readonly authorization?: string },
  { post, ...parts }: SetChannelParts & { readonly post: PostToEndpoint },
): Channel =>
  oneByOne((event) =>
    signed(stream, event, parts, ({ jwt }) =>
      post({
        endpoint,
        headers: {
          'content-type': 'application/secevent+jwt',
          accept: 'application/json',
          'user-agent': 'scim-provisioning-sets/1',
          ...(authorization !== undefined && { authorization }),
        },
        body: Buffer.from(jwt),
        success: '202',
        // A web page or a proxy that knows no SETs may return 200 to everything (RFC 8935 §2.2).
        isSuccess: (status) => status === 202,
        explain: refusalOf,
      }),
    ),
  );

/** Returns the channel that stores SETs until their receiver polls and acknowledges them (RFC 8936). */
export const pollChannel = (
  stream: SetStream,
  ref: SubscriptionRef,
  { sets, ...parts }: SetChannelParts & { readonly sets: Pick<PendingSets, 'add'> },
): Channel => ({
  fits: (events) => events.length <= MAX_SIGNED,
  deliver: (events) =>
    Promise.all(
      events.map((event) =>
        signed(stream, event, parts, async ({ jwt, claims: { jti }, place: { position, time, ttl } }) => {
          const { id: eventId, type, subject } = event;
          const start = parts.now().getTime();
          await sets.add(ref, { position, jti, jwt, eventId, type, subject, time, ttl });
          return { durationMs: parts.now().getTime() - start, delivered: true };
        }),
      ),
    ),
});

interface SignedSet {
  readonly jwt: string;
  readonly claims: SetClaims;
  readonly place: PlacedEvent & { readonly ttl: number };
}

/** Signs the SET of an event and hands it on. An event without a SET has nothing to deliver. */
async function signed(
  stream: SetStream,
  event: OutgoingEvent,
  { signer, now }: SetChannelParts,
  deliver: (set: SignedSet) => Promise<SendResult>,
): Promise<SendResult> {
  const start = now().getTime();
  const failure = (error: string): SendResult => ({
    durationMs: now().getTime() - start,
    delivered: false,
    error,
    isDown: true,
  });
  const { position, time, ttl, body } = event;
  if (position === undefined || time === undefined || ttl === undefined) return failure(NOT_IN_A_FEED);
  const place = { position, time, ttl, body };
  const claims = setClaims(stream, place);
  if (!claims) return { durationMs: 0, delivered: true };
  try {
    return await deliver({ jwt: await signer.signJwt(SET_TYPE, { ...claims }), claims, place });
  } catch (error) {
    const name = error instanceof Error ? error.name : 'unknown';
    return failure(`The token could not be signed or stored (${name}). The service tries again.`);
  }
}

const NOT_IN_A_FEED = 'The event is in no feed, so it has no token.';

/** Returns what a refusal means (RFC 8935 §2.3). A receiver that refuses one SET may accept the others. */
function refusalOf(status: number, body: Buffer): Partial<SendResult> | undefined {
  const error = status === 400 ? parseSetError(body) : undefined;
  if (!error) return undefined;
  return { error: refusalReason(error), ...(refusesStream(error) ? { isDown: true } : { isFinal: true }) };
}
