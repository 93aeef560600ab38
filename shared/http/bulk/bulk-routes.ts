import type { RateLimit, RatePlans } from '../../limits/rate-plan';
import { parseBulk } from '../../scim/bulk/parse';
import { ScimError } from '../../scim/error';
import { BULK_RESPONSE } from '../../scim/urns';
import { MAX_BULK_BYTES, maxBulkOperations, requestsOfBulk } from '../limits/bulk-limits';
import { BulkOperations } from './bulk-operations';
import { BulkRun } from './bulk-run';
import type { Clock } from '../chain/clock';
import { deadlineOf, type ScimRequest } from '../chain/request';
import { ok, type ScimResponse } from '../chain/response';
import type { ScimRoute } from '../chain/scim-route';

export interface BulkRoutesOptions {
  /** The routes of single requests. */
  readonly routes: readonly ScimRoute[];
  readonly plans: RatePlans;
  readonly now: Clock;
  /** Converts the error of an operation. */
  readonly toScimError: (error: unknown, requestId: string) => ScimError;
  readonly onDone: (summary: BulkSummary) => void;
}

/** The log entry of a bulk. */
export interface BulkSummary {
  readonly requestId: string;
  readonly operations: number;
  readonly errors: number;
}

/** Performs many operations in one request, each like a single request (RFC 7644 §3.7). */
export function bulkRoutes(options: BulkRoutesOptions): ScimRoute[] {
  const handle = async (request: ScimRequest): Promise<ScimResponse> => {
    const { requestId, baseUrl, principal, body } = request;
    const bulk = parseBulk(body, baseUrl);
    const { length } = bulk.operations;
    const limit = options.plans[principal.ratePlan];
    checkOperationCount(length, limit);
    await request.chargeRequests(requestsOfBulk(length, limit));

    const deadline = deadlineOf(request);
    const operations = new BulkOperations(options.routes, request);
    const run = new BulkRun(bulk, {
      operations,
      toScimError: (error) => options.toScimError(error, requestId),
      checkTime: () => {
        if (options.now() > deadline)
          throw ScimError.unavailable(
            'The request timed out before this operation. Send the operation again.',
            1,
          );
      },
      onFailed: ({ method, path }, error) =>
        request.diagnostics.refused(operations.summarize(method, path), error),
    });
    const Operations = await run.run();
    options.onDone({ requestId, operations: length, errors: run.errors });
    const response = {
      ...ok({ schemas: [BULK_RESPONSE], Operations }),
      operations: { total: length, failed: run.errors },
    };
    const { retryAfter } = run;
    return retryAfter === undefined
      ? response
      : { ...response, headers: { 'retry-after': String(retryAfter) } };
  };
  return [{ method: 'POST', path: '/Bulk', body: { maxBytes: MAX_BULK_BYTES }, handle }];
}

function checkOperationCount(operations: number, limit: RateLimit | null): void {
  const max = maxBulkOperations(limit);
  if (operations > max) {
    throw ScimError.payloadTooLarge(
      `The bulk has ${operations} operations, and at most ${max} are allowed. Nothing was changed. ` +
        'Split the bulk.',
    );
  }
}
