import { setTimeout as delay } from 'node:timers/promises';
import { addUnprocessed, splitItems } from '../front/batch-items';
import type { WireResponse } from '../wire-response';
import { conflictResponse } from './conflict-response';
import { itemUse, type ItemUse, type KeyNames } from './item-use';
import { ItemLocks } from './item-locks';
import type { ConflictWatch } from './conflict-watch';

type WireObject = Record<string, unknown>;

/** Sends a request to the engine, and returns its response with the body as an object. */
export type Send = (request: WireObject) => Promise<WireResponse>;

export interface ConflictsOptions {
  readonly keyNames: KeyNames;
  /**
   * Milliseconds for which a transaction holds its items after the engine has finished. The engines work on
   * one request at a time, so without this time few transactions would meet.
   */
  readonly holdMs: number;
  /** Counts the conflicts of chosen items, or turns them off. */
  readonly watch?: ConflictWatch;
}

/**
 * Refuses requests that use an item at the same time as a transaction, as DynamoDB does; the engines do not.
 */
export class Conflicts {
  private readonly locks = new ItemLocks();

  constructor(private readonly options: ConflictsOptions) {}

  /** Sends a request of `caller`, or returns DynamoDB's response to a conflict. */
  async run(operation: string, request: WireObject, send: Send, caller = ''): Promise<WireResponse> {
    const { keyNames, watch } = this.options;
    const use = itemUse(operation, request, keyNames);
    if (!use) return send(request);
    const refuses = watch?.refuses(use) ?? true;
    const conflict = refuses ? this.locks.conflict(use) : undefined;
    if (conflict && use.kind === 'batchWrite')
      return this.sendPart(use, request, conflict as readonly number[], send);
    if (!conflict) {
      const response = await this.send(use, request, send, refuses);
      if (response.status < 300) watch?.record(caller, use, 'committed');
      return response;
    }
    // The same transaction, still running: this is no other request.
    if (conflict !== 'inProgress') watch?.record(caller, use, 'refused');
    return conflictResponse(use, conflict);
  }

  private async send(use: ItemUse, request: WireObject, send: Send, holds = true): Promise<WireResponse> {
    const release = holds ? this.locks.hold(use) : () => {};
    let isSuccess = false;
    try {
      const response = await send(request);
      isSuccess = response.status < 300;
      const holdMs = this.options.watch?.holdMs(use) ?? this.options.holdMs;
      if (use.kind === 'transactWrite' && holdMs > 0) await delay(holdMs);
      return response;
    } finally {
      release(isSuccess);
    }
  }

  /** Sends the writes of a batch that meet no conflict. The response names the others as unprocessed. */
  private async sendPart(
    use: ItemUse,
    request: WireObject,
    conflicts: readonly number[],
    send: Send,
  ): Promise<WireResponse> {
    const { RequestItems } = request as { RequestItems: Record<string, unknown[]> };
    const { allowed, unprocessed } = splitItems(RequestItems, new Set(conflicts));
    if (Object.keys(allowed).length === 0) return { status: 200, body: { UnprocessedItems: unprocessed } };
    const items = use.items.filter((_, at) => !conflicts.includes(at));
    const { status, body } = await this.send({ ...use, items }, { ...request, RequestItems: allowed }, send);
    if (status >= 300) return { status, body };
    const UnprocessedItems = addUnprocessed(body.UnprocessedItems, unprocessed);
    return { status, body: { ...body, UnprocessedItems } };
  }
}
