import { matchEventToken, parseEventToken } from '../../credentials/event-token';
import { hasToken, readSubscription, type Subscription } from '../../store/events/subscription';
import { subscriptionKey } from '../../store/table/event-keys';
import type { Table } from '../../store/table/table';

/** Verifies the token of a product that reads events, with one strongly consistent read. */
export class EventTokenVerifier {
  constructor(private readonly table: Pick<Table, 'get'>) {}

  /** Returns the subscription of a token; undefined if it has another token, is paused, or does not exist. */
  async verify(text: string): Promise<Subscription | undefined> {
    const token = parseEventToken(text);
    if (!token) return undefined;
    const item = await this.table.get(subscriptionKey(token.scope, token.subscriptionId));
    if (!item) return undefined;
    const subscription = readSubscription(token.scope, item);
    const { kind, state, tokenHash } = subscription;
    if (!hasToken(kind) || state !== 'active' || tokenHash === undefined) return undefined;
    return matchEventToken(token, tokenHash) ? subscription : undefined;
  }
}
