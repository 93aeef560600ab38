import type { AuditEvent } from '../../store/audit/audit';
import type { DeliveryLog } from '../../store/webhooks/delivery-log';
import type { LostEvents } from '../../store/webhooks/lost-events';
import type { UndeliveredEvents } from '../../store/webhooks/undelivered';
import type { WebhookStates } from '../../store/webhooks/webhook-state';
import type { WebhookSubscriptions } from '../../store/webhooks/webhook-subscriptions';
import type { ChannelOf } from '../webhook-delivery/open-channels';
import type { WebhookLanes } from '../webhooks/webhook-lanes';
import type { WebhookSecretRef } from '../webhooks/webhook-secret';

/** The parts of the administration of deliveries. */
export interface WebhookAdminParts {
  readonly subscriptions: Pick<WebhookSubscriptions, 'get' | 'replaceSecrets'>;
  readonly states: Pick<WebhookStates, 'get' | 'moveTo' | 'retryNow' | 'claimTest'>;
  readonly lost: Pick<LostEvents, 'forgetGivenUp'>;
  readonly undelivered: Pick<UndeliveredEvents, 'deadLetters' | 'replay'>;
  readonly log: Pick<DeliveryLog, 'add' | 'page'>;
  readonly positionBefore: (scope: string, time: string) => Promise<number>;
  readonly lanes: WebhookLanes;
  readonly channelOf: ChannelOf;
  readonly secretOf: (ref: WebhookSecretRef) => Promise<string>;
  readonly writeAudit: (scope: string, event: AuditEvent) => Promise<void>;
  readonly now: () => Date;
}
