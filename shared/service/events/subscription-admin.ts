import { formatEventToken, hashEventToken } from '../../credentials/event-token';
import type { EventType } from '../../events/event-types';
import { newId } from '../../id';
import { newSecret } from '../../credentials/scim-key';
import type { Actor, AttributeChange } from '../../store/audit/audit';
import { creatorOf } from '../../store/audit/creator';
import type { EventContent } from '../../store/consumers/change-consumers';
import type { EventFeed, EventScope } from '../../store/events/event-feed';
import {
  hasToken,
  isDelivered,
  type Subscription,
  type SubscriptionKind,
  type SubscriptionState,
} from '../../store/events/subscription';
import type { SubscriptionStore } from '../../store/events/subscription-store';
import { webhookKey } from '../../store/webhooks/webhook-keys';
import { endRunWrite } from '../../store/webhooks/webhook-state';
import { AdminError, inField } from '../admin/admin-error';
import { validateName } from '../admin/admin-input';
import { domainNotFound } from '../domains/domain-admin';
import { retryConflicts } from '../domains/retry-conflicts';
import {
  endpointOf,
  kindsOf,
  rulesOf,
  settingsOf,
  typesOf,
  type KindSettings,
  type SubscriptionKinds,
} from './subscription-kinds';
import { auditValue, subscriptionAudit } from './subscription-audit';

export interface NewSubscription extends KindSettings {
  readonly name: string;
  readonly kind: SubscriptionKind;
  /** @default all types */
  readonly types?: readonly EventType[];
  /** @default notice */
  readonly content?: EventContent;
  /** The URL of the endpoint, for kinds that have one. */
  readonly endpoint?: string;
}

export interface SubscriptionUpdate extends KindSettings {
  readonly name?: string;
  /** `null` for all types. */
  readonly types?: readonly EventType[] | null;
  readonly content?: EventContent;
  readonly state?: SubscriptionState;
  readonly endpoint?: string;
}

/** A new subscription, with what is shown only once. */
export interface CreatedSubscription {
  readonly subscription: Subscription;
  /** The token that reads the feed, or polls. */
  readonly token?: string;
  /** The secret that signs the requests to an endpoint. */
  readonly secret?: string;
}

export interface SubscriptionAdminDependencies {
  readonly store: Pick<SubscriptionStore, 'get' | 'list' | 'create' | 'change' | 'delete'>;
  readonly feed: Pick<EventFeed, 'lastPosition'>;
  readonly kinds: SubscriptionKinds;
  /** Waits until every dispatcher and every writer of a feed knows a new subscription. */
  readonly awaitDispatchers: () => Promise<void>;
  /** Delivers what waits for a subscription that is new, was resumed, or has another endpoint. */
  readonly deliver: (subscription: Subscription) => Promise<void>;
  readonly now: () => Date;
}

/** All are read and shown at once, and each change of a domain may be delivered to all. */
const MAX_SUBSCRIPTIONS = 20;

/** Creates, changes, and deletes the subscriptions of domains and of the deployment. Throws `AdminError`. */
export class SubscriptionAdmin {
  constructor(private readonly dependencies: SubscriptionAdminDependencies) {}

  /** The kinds that the deployment has. */
  get kinds(): SubscriptionKind[] {
    return kindsOf(this.dependencies.kinds);
  }

  /** Returns all subscriptions of a scope, oldest first. */
  list(scope: EventScope): Promise<Subscription[]> {
    return this.dependencies.store.list(scope);
  }

  async get(scope: EventScope, subscriptionId: string): Promise<Subscription> {
    const subscription = await this.dependencies.store.get(scope, subscriptionId);
    if (subscription) return subscription;
    throw new AdminError(`There is no subscription ${subscriptionId}.`, 'notFound');
  }

  /** Creates a subscription. Every change after the return is an event. */
  async create(scope: EventScope, input: NewSubscription, actor: Actor): Promise<CreatedSubscription> {
    const { store, feed, now, awaitDispatchers, deliver } = this.dependencies;
    const name = await nameOf(input.name);
    const { kind, types, content = 'notice' } = input;
    const rules = rulesOf(kind, this.dependencies.kinds);
    const endpoint = await endpointOf(kind, rules, input.endpoint);
    const wanted = types && (await typesOf(kind, rules, types));
    const at = now();
    const subscription: Subscription = {
      scope,
      subscriptionId: newId(at),
      name,
      kind,
      ...(wanted && { types: wanted }),
      content,
      state: 'active',
      createdAt: at.toISOString(),
      ...creatorOf(actor),
      startPosition: await feed.lastPosition(scope),
      version: 1,
      ...(endpoint !== undefined && { endpoint }),
    };
    const settings = await settingsOf(subscription, rules, input);
    const { attributes: ofKind, ...shown } = (await rules?.create(subscription)) ?? { attributes: {} };
    const { attributes: ofToken, ...token } = hasToken(kind) ? newToken(subscription) : { attributes: {} };
    const attributes = { ...ofKind, ...ofToken, ...settings.set };
    const audit = subscriptionAudit('subscription.created', subscription, actor, at, [
      { attribute: 'name', after: name },
      { attribute: 'kind', after: kind },
      { attribute: 'content', after: content },
      ...(types ? [{ attribute: 'types', after: [...types] }] : []),
      ...(endpoint === undefined ? [] : [{ attribute: 'endpoint', after: endpoint }]),
      ...Object.keys(settings.set).map((attribute) => ({
        attribute,
        after: auditValue(settings.set, attribute),
      })),
    ]);
    const outcome = await store.create(subscription, attributes, MAX_SUBSCRIPTIONS, audit);
    if (outcome === 'noDomain') throw domainNotFound(scope);
    if (outcome === 'limit')
      throw new AdminError(
        `There are already ${MAX_SUBSCRIPTIONS} subscriptions. Delete those that are no longer used.`,
        'conflict',
      );
    await awaitDispatchers();
    const created = { ...subscription, ...attributes };
    // An event that was written before the functions knew the subscription has started no run. A failure must
    // not hide the token.
    if (isDelivered(created)) await deliver(created).catch(() => undefined);
    return { subscription: created, ...shown, ...token };
  }

  /** Changes a subscription. Its kind stays. */
  async change(
    scope: EventScope,
    subscriptionId: string,
    update: SubscriptionUpdate,
    actor: Actor,
  ): Promise<Subscription> {
    const { store, now, awaitDispatchers, deliver } = this.dependencies;
    let getsMore = false;
    const after = await retryConflicts(now, async () => {
      const before = await this.get(scope, subscriptionId);
      const { set, remove } = await this.changesOf(before, update);
      if (Object.keys(set).length === 0 && remove.length === 0) return before;
      const changes: AttributeChange[] = [...Object.keys(set), ...remove].map((attribute) => ({
        attribute,
        before: auditValue(before, attribute),
        after: auditValue(set, attribute),
      }));
      const audit = subscriptionAudit('subscription.changed', { ...before, ...set }, actor, now(), changes);
      getsMore = set.content === 'full';
      // Only the new receiver gets events from now on. Other kinds also need a new token or secret.
      const creator = before.kind === 'setPush' && set.endpoint !== undefined ? creatorOf(actor) : {};
      const endsRun = isDelivered(before) && changes.some(({ attribute }) => attribute !== 'name');
      const extraWrites = endsRun ? [endRunWrite(before)] : [];
      return store.change(before, { set: { ...set, ...creator }, remove }, audit, extraWrites);
    });
    if (getsMore) await awaitDispatchers();
    // Delivers even if an earlier attempt of the request has changed it, and then failed.
    const { state, endpoint, audience, authorization } = update;
    const isWanted =
      state === 'active' || [endpoint, audience, authorization].some((each) => each !== undefined);
    if (isWanted && after.state === 'active' && isDelivered(after)) await deliver(after);
    return after;
  }

  /** Deletes a subscription, and how far its deliveries have come. Events that wait for it expire. */
  async delete(scope: EventScope, subscriptionId: string, actor: Actor): Promise<void> {
    const { store, now } = this.dependencies;
    await retryConflicts(now, async () => {
      const before = await this.get(scope, subscriptionId);
      const changes = [{ attribute: 'name', before: before.name }];
      const audit = subscriptionAudit('subscription.deleted', before, actor, now(), changes);
      await store.delete(before, audit, [{ delete: webhookKey(before) }]);
    });
  }

  /** Gives a subscription another token. The previous one does not work anymore. */
  async replaceToken(scope: EventScope, subscriptionId: string, actor: Actor): Promise<CreatedSubscription> {
    const { store, now } = this.dependencies;
    return retryConflicts(now, async () => {
      const before = await this.get(scope, subscriptionId);
      if (!hasToken(before.kind))
        throw new AdminError(
          `A subscription of the kind ${before.kind} has no token. Only those of the kinds feed and setPoll have.`,
          'conflict',
        );
      const { attributes, token } = newToken(before);
      const audit = subscriptionAudit('subscription.tokenReplaced', before, actor, now(), []);
      const set = { ...attributes, ...creatorOf(actor) };
      return { subscription: await store.change(before, { set }, audit), token };
    });
  }

  private async changesOf(
    before: Subscription,
    { name, types, content, state, endpoint, audience, authorization }: SubscriptionUpdate,
  ): Promise<{ set: Partial<Subscription>; remove: string[] }> {
    const { kinds } = this.dependencies;
    const { kind } = before;
    const validEndpoint =
      endpoint === undefined ? undefined : await endpointOf(kind, rulesOf(kind, kinds), endpoint);
    const settings = await settingsOf(before, kinds[kind], {
      ...{ audience, authorization },
      endpoint: validEndpoint,
    });
    const after: Partial<Subscription> = {
      ...(name !== undefined && { name: await nameOf(name) }),
      ...(types && { types: await typesOf(kind, kinds[kind], types) }),
      ...(content !== undefined && { content }),
      ...(state !== undefined && { state }),
      ...(validEndpoint !== undefined && { endpoint: validEndpoint }),
      ...settings.set,
    };
    const set = Object.fromEntries(
      Object.entries(after).filter(
        ([attribute, value]) => JSON.stringify(auditValue(before, attribute)) !== JSON.stringify(value),
      ),
    );
    const removed = [...(types === null ? ['types'] : []), ...settings.remove];
    return { set, remove: removed.filter((attribute) => auditValue(before, attribute) !== undefined) };
  }
}

const nameOf = (text: string): Promise<string> =>
  inField('name', () => validateName(text, 'The name of a subscription'));

function newToken({ scope, subscriptionId }: Subscription) {
  const token = { scope, subscriptionId, secret: newSecret() };
  return { attributes: { tokenHash: hashEventToken(token) }, token: formatEventToken(token) };
}
