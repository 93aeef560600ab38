import type { ServerResponse } from 'node:http';
import type { Caller } from '../../../cloud/callers';
import { type FaultKind, type OwnFault, TRANSPORT_FAULTS } from '../../../cloud/faults/fault';
import type { Faults } from '../../../cloud/faults/faults';
import { underFault } from '../../../cloud/faults/transport';
import { transactionConflict, transactionInProgress, type WireResponse } from '../wire-response';
import { itemUse, type KeyNames } from '../conflicts/item-use';
import { sendPartOfBatch, unprocessedBatch } from './batches';
import { canceledResponse, failure } from './responses';

type WireObject = Record<string, unknown>;

export interface FaultyRequest {
  readonly faults: Faults;
  /**
   * The `ClientRequestToken` of each transaction that was carried out, or may still be, although the function
   * got no success.
   */
  readonly begun: Set<unknown>;
  readonly caller: Caller;
  readonly operation: string;
  readonly request: WireObject;
  readonly response: ServerResponse;
  readonly keyNames: KeyNames;
  readonly carryOut: (request: WireObject) => Promise<WireResponse>;
}

/** The faults that operations have besides those of every call. */
const OWN_FAULTS: Readonly<Record<string, readonly OwnFault[]>> = {
  TransactWriteItems: ['canceled', 'in-progress'],
  TransactGetItems: ['canceled'],
  PutItem: ['conflict'],
  UpdateItem: ['conflict'],
  DeleteItem: ['conflict'],
  BatchGetItem: ['unprocessed'],
  BatchWriteItem: ['unprocessed'],
};

/** After these, the request was certainly not carried out. */
const REFUSALS: ReadonlySet<FaultKind> = new Set([
  'canceled',
  'throttling',
  'unavailable',
  'reset-before',
  'kill-before',
]);

/**
 * Carries out a request of a function under the fault that it gets, if any. Returns undefined if there is no
 * response, because the connection is closed.
 */
export async function sendUnderFault(call: FaultyRequest): Promise<WireResponse | undefined> {
  const { faults, begun, caller, operation, request, response, keyNames } = call;
  const site = {
    ...{ function: caller.name, operation: `dynamodb:${operation}` },
    about: itemUse(operation, request, keyNames)?.items.join(' '),
    text: () => JSON.stringify(request),
  };
  const token = request.ClientRequestToken;
  // AWS: a transaction that has succeeded succeeds again with the same token. So it cannot be canceled.
  const own = (OWN_FAULTS[operation] ?? []).filter((kind) => kind !== 'canceled' || !begun.has(token));
  const taken = faults.take(site, [...TRANSPORT_FAULTS, ...own]);
  if (taken && !REFUSALS.has(taken.kind) && token !== undefined) begun.add(token);
  const carryOut = () => call.carryOut(request);
  if (!taken) return carryOut();
  const { kind, roll } = taken;
  switch (kind) {
    case 'canceled':
      return canceledResponse(request, roll);
    case 'conflict':
      return transactionConflict();
    case 'in-progress':
      await carryOut();
      return transactionInProgress();
    case 'unprocessed':
      return roll < 0.5 ? unprocessedBatch(request) : sendPartOfBatch(request, roll, call.carryOut);
    case 'duplicate':
    case 'late':
    case 'replay':
      return carryOut();
    default:
      return underFault({ fault: { kind, roll }, faults, caller, response, carryOut, error: failure });
  }
}
