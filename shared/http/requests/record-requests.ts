import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { identityProviderOf } from '../../logging/identity-provider';
import type { OperationCounts } from '../../store/requests/request-record';
import type { Clock } from '../chain/clock';
import { type Middleware, scimPathOf } from '../chain/request';
import { clientTextsOf, maskQuery } from './describe-request';
import { maskReason } from './mask-reason';
import { requestClientOf, type RequestClient } from './request-client';
import type { RequestDetails, RequestRecorder } from './request-recorder';

export interface RequestRecording extends Middleware {
  /** Adds the operations of a bulk to the record of its request. */
  readonly noteOperations: (event: APIGatewayProxyEvent, operations: OperationCounts | undefined) => void;
}

/** A later record, with its timeout, could make API Gateway give up on a response that is ready. */
const LATEST_RECORD_MS = 24_000;

/**
 * Records each request whose domain is known, after its response is known. The request waits, because Lambda
 * may freeze the process after the response.
 */
export function recordRequests(recorder: RequestRecorder, now: Clock): RequestRecording {
  const startTimes = new WeakMap<object, number>();
  const operationsOf = new WeakMap<object, OperationCounts>();

  const after: Middleware['after'] = async ({ event, response }) => {
    const client = requestClientOf(event);
    if (!client || !response) return;
    const receivedAt = startTimes.get(event) ?? now();
    const milliseconds = Math.max(0, now() - receivedAt);
    if (milliseconds > LATEST_RECORD_MS) return;
    const summary = {
      connectionId: client.connectionId ?? client.keyId,
      method: event.httpMethod,
      path: scimPathOf(event),
      status: response.statusCode,
      operations: operationsOf.get(event),
      receivedAt,
    };
    await recorder.record(client.domainId, summary, () => ({
      ...describeRequest(event, response, client),
      milliseconds,
    }));
  };

  return {
    before: ({ event }) => void startTimes.set(event, now()),
    after,
    onError: after,
    noteOperations: (event, operations) => {
      if (operations) operationsOf.set(event, operations);
    },
  };
}

function describeRequest(
  event: APIGatewayProxyEvent,
  { statusCode, body }: APIGatewayProxyResult,
  { keyId, keyName, reason }: RequestClient,
): RequestDetails {
  const { requestId, identity } = event.requestContext;
  const { scimType, detail } = statusCode >= 400 ? errorIn(body) : {};
  const userAgent = identity.userAgent ?? undefined;
  return {
    query: maskQuery(event.queryStringParameters),
    scimType,
    reason: reason ?? (detail === undefined ? undefined : maskReason(detail, clientTextsOf(event))),
    keyId,
    keyName,
    client: identityProviderOf(userAgent, keyName),
    userAgent,
    requestId,
  };
}

/** Reads the SCIM error of a response. */
function errorIn(body: string): { scimType?: string; detail?: string } {
  try {
    const { scimType, detail } = JSON.parse(body) as Record<string, unknown>;
    return {
      ...(typeof scimType === 'string' && { scimType }),
      ...(typeof detail === 'string' && { detail }),
    };
  } catch {
    return {};
  }
}
