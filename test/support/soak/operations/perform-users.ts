import { recordEffects, type Effect, type Reply, type ScimClient } from '../actors/scim-client';
import type { Value } from '../model/register';
import { attributeOf, type SoakResource } from '../model/world';
import type { Attributes } from './operation';
import { DEFAULT_TYPE, sentValues, USER_ATTRIBUTES, userOf, userPatch } from './user-bodies';

/** Creates a user. */
export async function createUser(client: ScimClient, name: string, values: Attributes): Promise<void> {
  const { domain } = client;
  const user = domain.user(name);
  const sent = sentValues(values, domain.tag);
  const reply = await client.send('POST', '/Users', userOf(sent));
  recordEffects(reply, creationEffects(user, sent));
  if (reply.outcome === 'done') know(user, reply.body?.id as string, values);
}

/** Returns what the creation of a user writes. */
export const creationEffects = (user: SoakResource, sent: Attributes): Effect[] => [
  [user.exists, 'yes'],
  ...replacementEffects(user, sent),
];

/** Remembers a new user. */
export function know(user: SoakResource, id: string, values: Attributes): void {
  user.id = id;
  user.view = { active: 'true', ...values };
}

const replacementEffects = (user: SoakResource, sent: Attributes): Effect[] =>
  USER_ATTRIBUTES.map((attribute) => [
    attributeOf(user, attribute),
    writtenValue(attribute, sent[attribute]),
  ]);

/** A user without `active` is active, and one without a type has the default one. */
function writtenValue(attribute: string, value: Value): Value {
  if (value !== undefined) return value;
  return attribute === 'active' ? 'true' : attribute === 'userType' ? DEFAULT_TYPE : undefined;
}

export async function patchUser(
  client: ScimClient,
  name: string,
  values: Attributes,
  hasPath: boolean,
): Promise<void> {
  const user = client.domain.user(name);
  if (user.id === undefined) return;
  const sent = sentValues(values, client.domain.tag);
  const reply = await client.send('PATCH', `/Users/${user.id}`, userPatch(sent, hasPath));
  const effects = Object.entries(sent).map(([attribute, value]): Effect => [
    attributeOf(user, attribute),
    value,
  ]);
  recordEffects(reply, effects);
  remember(user, values, reply);
}

/** Replaces a user. */
export async function putUser(client: ScimClient, name: string, values: Attributes): Promise<void> {
  const user = client.domain.user(name);
  if (user.id === undefined) return;
  const sent = sentValues(values, client.domain.tag);
  const reply = await client.send('PUT', `/Users/${user.id}`, userOf(sent));
  recordEffects(reply, replacementEffects(user, sent));
  remember(user, values, reply);
}

export async function deleteUser(client: ScimClient, name: string): Promise<void> {
  const user = client.domain.user(name);
  if (user.id === undefined) return;
  const reply = await client.send('DELETE', `/Users/${user.id}`);
  recordEffects(reply, [[user.exists, 'no']]);
  user.id = undefined;
}

function remember(user: SoakResource, values: Attributes, { outcome }: Reply): void {
  if (outcome !== 'refused') user.view = { ...user.view, ...values };
}
