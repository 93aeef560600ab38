import { ENV } from '../../env';
import { hasScimEvent } from '../../events/scim-events';
import { readCurrent } from '../../store/secrets/secrets';
import type { Subscription } from '../../store/events/subscription';
import type { Item } from '../../store/table/read-item';
import type { SubscriptionRef } from '../../store/webhooks/webhook-keys';
import { AdminError, inField } from '../admin/admin-error';
import { sealAuthorization } from '../security-events/receiver-authorization';
import { webhookKind } from './webhook-kind';

const MAX_AUDIENCE_LENGTH = 500;
const MAX_AUTHORIZATION_LENGTH = 2_000;
/**
 * The visible characters of ASCII, and spaces between them: no line break can start another header (RFC 9110
 * §5.5).
 */
const FIELD_VALUE = /^[\x21-\x7e]+(?: +[\x21-\x7e]+)*$/;

export interface SetKindsOptions {
  /** The origins of the setting `webhookOrigins`. */
  readonly origins: readonly string[];
  /** The base URL of SCIM. */
  readonly issuer: string;
  /** @default the secret from which the signing secrets of webhooks are derived */
  readonly readDeploymentSecret?: () => Promise<string>;
}

/** The settings of subscriptions to SETs. */
interface SetSettings {
  readonly audience?: string;
  /** `null` for no header. */
  readonly authorization?: string | null;
  readonly endpoint?: string;
}

/** Returns the rules of the kinds `setPush` and `setPoll`. */
export function setKinds({
  origins,
  issuer,
  readDeploymentSecret = async () => (await readCurrent(ENV.webhookSecretArn)).issuing.text,
}: SetKindsOptions) {
  const create = ({ subscriptionId }: Pick<Subscription, 'subscriptionId'>) =>
    Promise.resolve({ attributes: { issuer, audience: `${issuer}/Feeds/${subscriptionId}` } });
  const pushSettings = async (
    { endpoint: before, ...ref }: SubscriptionRef & Pick<Subscription, 'endpoint'>,
    { audience, authorization, endpoint }: SetSettings,
  ) => ({
    set: {
      ...(await audienceOf(audience)),
      ...(typeof authorization === 'string' && {
        authorization: sealAuthorization(
          ref,
          await inField('authorization', () => validAuthorization(authorization)),
          await readDeploymentSecret(),
        ),
      }),
    },
    // Another host must not get the secret of the former one.
    remove:
      authorization === null || (authorization === undefined && movesHost(before, endpoint))
        ? ['authorization']
        : [],
  });
  const pollSettings = async ({ audience, authorization }: SetSettings) => {
    await inField('authorization', () => {
      if (authorization !== undefined)
        throw new AdminError('A subscription of the kind setPoll has no authorization. Leave it out.');
    });
    return { set: await audienceOf(audience), remove: [] };
  };
  const { validateEndpoint } = webhookKind({ origins });
  return {
    setPush: { validateEndpoint, create, settings: pushSettings, hasEvent: hasScimEvent },
    setPoll: {
      create,
      settings: (_: SubscriptionRef, settings: SetSettings) => pollSettings(settings),
      hasEvent: hasScimEvent,
    },
  };
}

const movesHost = (before: string | undefined, after: string | undefined): boolean =>
  before !== undefined && after !== undefined && new URL(before).origin !== new URL(after).origin;

const audienceOf = (audience: string | undefined): Promise<Item> =>
  inField('audience', () => {
    if (audience === undefined) return {};
    if (audience.length <= MAX_AUDIENCE_LENGTH && /^[\x21-\x7e]+$/.test(audience)) return { audience };
    throw new AdminError(
      `The audience must have 1 to ${MAX_AUDIENCE_LENGTH} visible ASCII characters, such as the URL of the receiver.`,
    );
  });

function validAuthorization(value: string): string {
  if (value.length <= MAX_AUTHORIZATION_LENGTH && FIELD_VALUE.test(value)) return value;
  throw new AdminError(
    `The authorization must have 1 to ${MAX_AUTHORIZATION_LENGTH} visible ASCII characters, such as "Bearer …" with a token.`,
  );
}
