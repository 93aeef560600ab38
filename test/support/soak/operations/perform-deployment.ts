import { setTimeout as sleep } from 'node:timers/promises';
import { killInstances } from '../../system/system';
import { adminRequest } from '../actors/admin-actor';
import type { SoakWebhook } from '../webhooks/soak-webhook';
import type { DeploymentOperation } from './operation';

/** Performs an operation on the deployment. Returns the number of killed functions. */
export async function performOnDeployment(
  operation: DeploymentOperation,
  webhooks: readonly SoakWebhook[],
): Promise<number> {
  if (operation.do === 'kill') return (await killInstances(operation.function)) || 0;
  const webhook = webhooks[operation.webhook % Math.max(1, webhooks.length)];
  if (!webhook) return 0;
  switch (operation.do) {
    case 'pauseWebhook':
      await adminRequest('PATCH', webhook.path, { state: 'paused' });
      await sleep(operation.ms);
      await adminRequest('PATCH', webhook.path, { state: 'active' });
      break;
    case 'rotateWebhookSecret':
      await rotate(webhook);
      break;
    case 'replayWebhook': {
      const since = new Date(Date.now() - operation.ms).toISOString();
      await adminRequest('POST', `${webhook.path}/replays`, { since });
      break;
    }
    case 'retryWebhook':
      await adminRequest('POST', `${webhook.path}/retries`);
  }
  return 0;
}

/** Creates another secret, which the receiver accepts from then on, and revokes all former ones. */
async function rotate({ path, inbox }: SoakWebhook): Promise<void> {
  inbox.isRotating = true;
  const created = await adminRequest('POST', `${path}/secrets`);
  const { secrets } = (await adminRequest('GET', `${path}/delivery-status`)).body as unknown as {
    secrets: readonly { readonly secretId: string }[];
  };
  if (created.status === 201) inbox.secrets.push(String(created.body.secret));
  // If the response to the creation was lost, nobody knows the new secret.
  const kept = created.status === 201 ? created.body.secretId : secrets.at(-1)?.secretId;
  for (const { secretId } of secrets)
    if (secretId !== kept) await adminRequest('DELETE', `${path}/secrets/${secretId}`);
  // If nobody knows the new secret, it is revoked by now.
  inbox.isRotating = false;
}
