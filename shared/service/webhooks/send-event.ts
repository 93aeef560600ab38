import type { SendResult } from './channel';
import { endpointPoster, type SenderOptions } from './endpoint-post';
import { signatureHeaders } from './signature';

/** A webhook with everything that a request needs. */
interface Target {
  readonly endpoint: string;
  /** The texts of the signing secrets, the latest first. */
  readonly secrets: readonly string[];
}

export type SendEvent = (
  target: Target,
  event: { readonly id: string; readonly body: Buffer },
) => Promise<SendResult>;

/** Returns a function that posts an event to an endpoint once. The function never throws. */
export function eventSender(options: SenderOptions): SendEvent {
  const post = endpointPoster(options);
  return ({ endpoint, secrets }, { id, body }) =>
    post({
      endpoint,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'scim-provisioning-webhooks/1',
        accept: '*/*',
        ...signatureHeaders({ id, at: options.now(), body }, secrets),
      },
      body,
      success: '2xx',
      isSuccess: (status) => status >= 200 && status < 300,
    });
}
