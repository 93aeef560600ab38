import type { EventType } from '../../events/event-types';
import {
  SUBSCRIPTION_KINDS,
  type Subscription,
  type SubscriptionKind,
} from '../../store/events/subscription';
import type { Item } from '../../store/table/read-item';
import { AdminError, inField } from '../admin/admin-error';

/** The rules of a kind of subscription. */
export interface KindRules {
  /**
   * Returns the endpoint without surrounding white space. Throws `AdminError` if no event may be sent to it.
   * Absent for a kind without endpoints.
   */
  readonly validateEndpoint?: (endpoint: string) => Promise<string>;
  /** Returns the attributes of a new subscription, and the token or secret that is shown once. */
  readonly create: (
    subscription: Subscription,
  ) => Promise<{ readonly attributes: Item; readonly token?: string; readonly secret?: string }>;
  /**
   * Returns the attributes that settings change. Throws `AdminError` if one is not valid. Absent for a kind
   * without settings.
   */
  readonly settings?: (
    subscription: Pick<Subscription, 'scope' | 'subscriptionId' | 'endpoint'>,
    settings: KindSettings,
  ) => Promise<{ readonly set: Item; readonly remove: readonly string[] }>;
  /** Returns whether the kind can deliver events of a type. @default all types */
  readonly hasEvent?: (type: EventType) => boolean;
}

/** Settings that only some kinds have. */
export interface KindSettings {
  /** The claim `aud` of SETs. */
  readonly audience?: string;
  /** The value of the header `Authorization` for the receiver of SETs; `null` for no header. */
  readonly authorization?: string | null;
  /** The new endpoint, for kinds that have one. */
  readonly endpoint?: string;
}

/** The kinds that a deployment has, besides `feed`. */
export type SubscriptionKinds = Partial<Readonly<Record<SubscriptionKind, KindRules>>>;

/** The way in which an operator switches on a kind that a deployment can lack. */
const ADVICE: Partial<Readonly<Record<SubscriptionKind, string>>> = {
  eventBridge:
    'Ask the operator of the service to set "eventBus": true in the settings of the stage, and to deploy it. ',
};

/** Returns the kinds that a deployment has. */
export const kindsOf = (kinds: SubscriptionKinds): SubscriptionKind[] =>
  SUBSCRIPTION_KINDS.filter((kind) => kind === 'feed' || kinds[kind] !== undefined);

/**
 * Returns the rules of a kind; undefined for `feed`. Throws an `AdminError` if the deployment does not have
 * the kind.
 */
export function rulesOf(kind: SubscriptionKind, kinds: SubscriptionKinds): KindRules | undefined {
  if (kind === 'feed') return undefined;
  const rules = kinds[kind];
  if (rules) return rules;
  throw new AdminError(
    `This deployment has no subscriptions of the kind ${kind}. ${ADVICE[kind] ?? ''}It has these kinds: ` +
      `${kindsOf(kinds).join(', ')}.`,
    'conflict',
    undefined,
    'kind',
  );
}

/**
 * Returns the endpoint of a subscription. Throws an `AdminError` if the kind cannot have it, or needs one.
 */
export async function endpointOf(
  kind: SubscriptionKind,
  rules: KindRules | undefined,
  endpoint: string | undefined,
): Promise<string | undefined> {
  return inField('endpoint', () => {
    if (rules?.validateEndpoint) {
      if (endpoint !== undefined) return rules.validateEndpoint(endpoint);
      throw new AdminError(`A subscription of the kind ${kind} needs the URL of an endpoint.`);
    }
    if (endpoint === undefined) return undefined;
    throw new AdminError(`A subscription of the kind ${kind} has no endpoint. Leave it out.`);
  });
}

/**
 * Returns the attributes that settings of a kind change. Throws an `AdminError` if the kind does not have
 * them.
 */
export async function settingsOf(
  subscription: Pick<Subscription, 'scope' | 'subscriptionId' | 'kind' | 'endpoint'>,
  rules: KindRules | undefined,
  { audience, authorization, endpoint }: KindSettings,
): Promise<{ readonly set: Item; readonly remove: readonly string[] }> {
  if (rules?.settings) return rules.settings(subscription, { audience, authorization, endpoint });
  const [name] = Object.entries({ audience, authorization }).find(([, value]) => value !== undefined) ?? [];
  if (name === undefined) return { set: {}, remove: [] };
  return inField(name, () => {
    throw new AdminError(`A subscription of the kind ${subscription.kind} has no ${name}. Leave it out.`);
  });
}

/** Returns each type once. Throws an `AdminError` if there is none, or if the kind cannot deliver one. */
export function typesOf(
  kind: SubscriptionKind,
  rules: KindRules | undefined,
  types: readonly EventType[],
): Promise<EventType[]> {
  return inField('types', () => {
    if (types.length === 0)
      throw new AdminError(
        'The list of types is empty. Name at least one type, or leave it out for all types.',
      );
    const impossible = types.filter((type) => rules?.hasEvent?.(type) === false);
    if (impossible.length === 0) return [...new Set(types)];
    throw new AdminError(
      `A subscription of the kind ${kind} has no events of the types ${impossible.join(', ')}. Leave them out, or ` +
        'use another kind.',
    );
  });
}
