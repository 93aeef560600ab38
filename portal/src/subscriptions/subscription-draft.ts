import type {
  EventType,
  NewSubscription,
  Subscription,
  SubscriptionChange,
  SubscriptionKind,
} from '../api/schema';
import { canDeliver, hasEndpoint, hasSets } from './subscription-kinds';

/** The values of the form of a subscription. */
export interface SubscriptionDraft {
  readonly name: string;
  readonly kind: SubscriptionKind;
  readonly endpoint: string;
  readonly audience: string;
  /** Empty to change nothing. */
  readonly authorization: string;
  /** The header `Authorization` is removed. */
  readonly removesAuthorization: boolean;
  /** Undefined for all types, also those of later versions. */
  readonly types: readonly EventType[] | undefined;
  readonly content: Subscription['content'];
}

export const NEW_DRAFT: SubscriptionDraft = {
  name: '',
  kind: 'webhook',
  endpoint: '',
  audience: '',
  authorization: '',
  removesAuthorization: false,
  types: undefined,
  content: 'notice',
};

/** Returns the values of a subscription. Its authorization is never shown. */
export const draftOf = ({
  name,
  kind,
  endpoint = '',
  audience = '',
  types,
  content,
}: Subscription): SubscriptionDraft => ({
  ...NEW_DRAFT,
  ...{ name, kind, endpoint, audience, types, content },
});

const wantedTypes = ({ kind, types }: SubscriptionDraft): EventType[] | undefined =>
  types?.filter((type) => canDeliver(kind, type));

/** Returns the body that creates a subscription. Values of other kinds are left out. */
export function newSubscriptionOf(draft: SubscriptionDraft): NewSubscription {
  const { name, kind, endpoint, audience, authorization, content } = draft;
  const types = wantedTypes(draft);
  return {
    ...{ name: name.trim(), kind, content },
    ...(types && { types }),
    ...(hasEndpoint(kind) && { endpoint: endpoint.trim() }),
    ...(hasSets(kind) && audience.trim() !== '' && { audience: audience.trim() }),
    ...(kind === 'setPush' && authorization.trim() !== '' && { authorization: authorization.trim() }),
  };
}

/** Returns the body that changes a subscription: only the values that are other than before. */
export function changeOf(draft: SubscriptionDraft, before: Subscription): SubscriptionChange {
  const { kind, removesAuthorization } = draft;
  const { name, content, endpoint, audience, authorization } = newSubscriptionOf(draft);
  const types = wantedTypes(draft);
  const areTypesOther = JSON.stringify(types) !== JSON.stringify(before.types);
  return {
    ...(name !== before.name && { name }),
    ...(content !== before.content && { content }),
    ...(areTypesOther && { types: types ?? null }),
    ...(endpoint !== before.endpoint && { endpoint }),
    ...(hasSets(kind) && draft.audience.trim() !== before.audience && { audience: audience ?? '' }),
    ...(authorization !== undefined && { authorization }),
    ...(kind === 'setPush' && removesAuthorization && { authorization: null }),
  };
}
