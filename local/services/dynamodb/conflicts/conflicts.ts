import { setTimeout as delay } from 'node:timers/promises';
import { addUnprocessed, splitItems } from '../front/batch-items';
import { conflictResponse, type WireResponse } from './conflict-response';
import { itemUse, type ItemUse, type KeyNames } from './item-use';
import { ItemLocks } from './item-locks';

type WireObject = Record<string, unknown>;

/** Sends a request to the engine, and returns its response with the body as an object. */
export type Send = (request: WireObject) => Promise<WireResponse>;

export interface ConflictsOptions {
  readonly keyNames: KeyNames;
  /**
   * Milliseconds for which a transaction holds its items after the engine has finished. The engines work on one
   * request at a time, so without this time few transactions would meet.
   */
  readonly holdMs: number;
  /** Called for each transaction that is canceled because of a conflict. It costs as much as a successful one. */
  readonly onCanceled?: (operation: string, request: WireObject) => void;
}

/** Refuses requests that use an item at the same time as a transaction, as DynamoDB does; the engines do not. */
export class Conflicts {
  private readonly locks = new ItemLocks();

  constructor(private readonly options: ConflictsOptions) {}

  /** Sends a request, or returns DynamoDB's response to a conflict. */
  async run(operation: string, request: WireObject, send: Send): Promise<WireResponse> {
    const use = itemUse(operation, request, this.options.keyNames);
    if (!use) return send(request);
    const conflict = this.locks.conflict(use);
    if (!conflict) return this.send(use, request, send);
    if (use.kind === 'batchWrite') return this.sendPart(use, request, conflict as readonly number[], send);
    if (use.kind === 'transactWrite') this.options.onCanceled?.(operation, request);
    return conflictResponse(use, conflict);
  }

  private async send(use: ItemUse, request: WireObject, send: Send): Promise<WireResponse> {
    const release = this.locks.hold(use);
    let isSuccess = false;
    try {
      const response = await send(request);
      isSuccess = response.status < 300;
      if (use.kind === 'transactWrite' && this.options.holdMs > 0) await delay(this.options.holdMs);
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
