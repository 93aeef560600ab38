import { AddressRefused } from '../../outbound/host-addresses';
import {
  connectionProblem,
  DeadlineExceeded,
  type OutboundOptions,
  sendPinned,
} from '../../outbound/pinned-request';
import type { SendResult } from './channel';
import { EndpointProblem, endpointAt } from './endpoint';
import { retryAfterMs } from './retry-schedule';

/** The time for everything: DNS, connection, TLS, and the response. */
const ATTEMPT_DEADLINE_MS = 10_000;
const MAX_RESPONSE_BYTES = 16_384;

/** The statuses that are about the endpoint as a whole, not about one event (RFC 9110, RFC 6585). */
const ENDPOINT_STATUSES: ReadonlySet<number> = new Set([401, 410, 429, 502, 503, 504]);

/** `origins` are those of the setting `webhookOrigins`. */
export interface SenderOptions extends OutboundOptions {
  readonly now: () => Date;
}

/** A request to an endpoint, and what its responses mean. */
export interface EndpointPost {
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** The status that means success, for error messages. */
  readonly success: string;
  readonly isSuccess: (status: number) => boolean;
  /** Returns the meaning of an unsuccessful response, in addition to its status. */
  readonly explain?: (status: number, body: Buffer) => Partial<SendResult> | undefined;
}

export type PostToEndpoint = (post: EndpointPost) => Promise<SendResult>;

/** Returns a function that posts to an endpoint once. The function never throws. */
export const endpointPoster =
  ({ origins, now, deadlineMs = ATTEMPT_DEADLINE_MS, resolve, ca }: SenderOptions): PostToEndpoint =>
  async ({ endpoint, headers, body, success, isSuccess, explain }) => {
    const start = now().getTime();
    const result = (rest: Omit<SendResult, 'durationMs'>): SendResult => ({
      durationMs: now().getTime() - start,
      ...rest,
    });
    try {
      const response = await sendPinned({
        ...endpointAt(endpoint, origins),
        ...{ method: 'POST', headers, body, deadlineMs, resolve, ca },
        maxBytes: MAX_RESPONSE_BYTES,
        excess: 'drop',
      });
      const { status } = response;
      if (isSuccess(status)) return result({ delivered: true, status });
      const wait = retryAfterMs(response.headers['retry-after'], now());
      return result({
        delivered: false,
        status,
        error: statusProblem(status, success),
        isDown: ENDPOINT_STATUSES.has(status) || (status >= 300 && status < 400),
        ...(wait !== undefined && { retryAfterMs: wait }),
        ...explain?.(status, response.body),
      });
    } catch (error) {
      return result({ delivered: false, error: reasonOf(error, deadlineMs), isDown: true });
    }
  };

const statusProblem = (status: number, success: string): string =>
  status >= 300 && status < 400
    ? `The endpoint redirects (status ${status}). Redirects are not followed. Enter the final URL.`
    : `The endpoint returned the status ${status} instead of ${success}. Check the log of the receiver.`;

function reasonOf(error: unknown, deadlineMs: number): string {
  if (error instanceof EndpointProblem) return error.message;
  if (error instanceof AddressRefused)
    return `${error.message} Webhooks are sent to public addresses only. Use a public host.`;
  if (error instanceof DeadlineExceeded)
    return (
      `The endpoint did not respond within ${deadlineMs / 1_000} seconds. ` +
      'Respond first, and process the event afterward.'
    );
  return `The endpoint cannot be reached (${connectionProblem(error)}). Check the host, its port, and its certificate.`;
}
