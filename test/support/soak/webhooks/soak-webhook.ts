import { EVENT_TYPES, type EventType } from '../../../../shared/events/event-types';
import { DEPLOYMENT } from '../../../../shared/store/table/keys';
import { adminRequest } from '../actors/admin-actor';
import type { FlakyReceiver, Inbox } from './flaky-receiver';
import { eventProblems, type ExpectedEvents } from './event-problems';

/** A webhook of the soak, which must send the changes of some domains, of some types. */
export interface SoakWebhook {
  readonly name: string;
  /** The path of the subscription in the admin API. */
  readonly path: string;
  readonly inbox: Inbox;
  readonly domainIds: readonly string[];
  /** @default all types */
  readonly types?: readonly EventType[];
}

export const LICENSE_TYPES = EVENT_TYPES.filter((type) => type.startsWith('license.'));

/** Returns the path of the subscriptions of a domain, or of the deployment. */
export const subscriptionsPath = (scope: string): string =>
  scope === DEPLOYMENT ? '/subscriptions' : `/domains/${scope}/subscriptions`;

/** Creates a webhook whose endpoint is an inbox of the receiver. */
export async function addWebhook(
  receiver: FlakyReceiver,
  webhook: Pick<SoakWebhook, 'name' | 'domainIds' | 'types'> & { readonly scope: string },
): Promise<SoakWebhook> {
  const { name, scope, domainIds, types } = webhook;
  const base = subscriptionsPath(scope);
  let attempts = 0;
  let endpoint = '';
  const { status, body } = await adminRequest('POST', base, () => ({
    // A creation whose response was lost leaves a webhook with an endpoint of its own.
    ...{
      name,
      kind: 'webhook',
      endpoint: `${receiver.origin}/${(endpoint = `${name}-${scope}-${++attempts}`)}`,
    },
    ...(types && { types }),
  }));
  if (status !== 201) throw new Error(`The webhook ${name} was not created: ${JSON.stringify(body)}`);
  const { subscriptionId } = body.subscription;
  const { items } = (await adminRequest('GET', base)).body;
  for (const other of items)
    if (other.name === name && other.subscriptionId !== subscriptionId)
      await adminRequest('DELETE', `${base}/${other.subscriptionId}`);
  const inbox = receiver.inbox(endpoint);
  inbox.secrets.push(String(body.secret));
  const path = `${base}/${subscriptionId}`;
  return { name, path, inbox, domainIds, ...(types && { types }) };
}

/** Asks for another attempt of everything that was not delivered, and returns what is still missing. */
export async function webhookProblems(
  { name, path, inbox, domainIds, types }: SoakWebhook,
  expected: Omit<ExpectedEvents, 'domainIds' | 'types'>,
): Promise<string[]> {
  await adminRequest('POST', `${path}/retries`);
  const events = [...inbox.accepted.values()];
  return eventProblems(`webhook ${name}`, events, { ...expected, domainIds, types });
}

/** Checks that a webhook has sent nothing wrong, and that its latest secret signs. */
export async function secretProblems({ name, path, inbox }: SoakWebhook): Promise<string[]> {
  inbox.secrets.splice(0, inbox.secrets.length - 1);
  const test = await adminRequest('POST', `${path}/test-events`);
  return [
    ...(test.body.delivered === true ? [] : [`${name}: the latest secret does not sign test events`]),
    ...inbox.problems.map((problem) => `${name}: ${problem}`),
  ];
}
