import { exchange } from '../../../host/exchange';
import { CLIENT_VARIABLES } from '../../../cloud/environment';
import { REGION } from '../../../cloud/template/account';

export class EngineError extends Error {
  constructor(
    /** The name of the exception, for example `ResourceNotFoundException`. */
    readonly type: string,
    message: string,
  ) {
    super(message);
  }
}

export type EngineCall = <T>(operation: string, body: object) => Promise<T>;

/** Nobody checks the signature, but the engines require a header that looks like one. */
const AUTHORIZATION = `AWS4-HMAC-SHA256 Credential=${CLIENT_VARIABLES.AWS_ACCESS_KEY_ID}/20260101/${REGION}/dynamodb/aws4_request, SignedHeaders=host, Signature=0`;

/**
 * Calls an engine in DynamoDB's wire format, for example `DynamoDB_20120810.CreateTable`. Lambda events carry
 * stream records in this format, which the SDK's clients would convert.
 */
export function engineCall(endpoint: string): EngineCall {
  return async <T>(operation: string, body: object) => {
    const { status, text } = await exchange(endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': operation,
        'x-amz-date': '20260101T000000Z',
        authorization: AUTHORIZATION,
      },
      body: JSON.stringify(body),
    });
    const payload = JSON.parse(text) as Record<string, unknown>;
    if (status < 300) return payload as T;
    const type = String(payload.__type).split('#').pop() ?? '';
    throw new EngineError(type, JSON.stringify(payload.message ?? payload.Message ?? type));
  };
}
