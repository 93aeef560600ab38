import { identityProviderOf } from '../../logging/identity-provider';
import type { Clock } from '../chain/clock';
import type { RequestClient } from './request-client';
import type { RequestRecorder } from './request-recorder';

/** Records a request that the authorizer refuses, if its domain is known. */
export const recordRefusedCredential =
  (recorder: RequestRecorder, now: Clock) =>
  async (methodArn: string, client: RequestClient | undefined, status: number): Promise<void> => {
    if (!client) return;
    const { domainId, keyId, keyName, connectionId = keyId, reason } = client;
    const summary = { connectionId, ...requestIn(methodArn), status, receivedAt: now() };
    await recorder.record(domainId, summary, () => ({
      reason,
      keyId,
      keyName,
      client: identityProviderOf(undefined, keyName),
    }));
  };

/**
 * Returns the method and the path of `arn:…:<api>/<stage>/<method>/v2/<path>`: the authorizer gets nothing
 * else.
 */
function requestIn(methodArn: string): { method: string; path: string } {
  const [, , method = '', , ...segments] = methodArn.split('/');
  return { method, path: `/${segments.join('/')}` };
}
