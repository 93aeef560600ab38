import type { Subscription, SubscriptionKind, WebhookStatus } from '../api/schema';
import { useRetryWebhook, useTestWebhook, useWebhookStatus } from '../api/webhooks';
import { Button } from '../components/controls/button';
import { Card } from '../components/display/card';
import { DescriptionList } from '../components/display/description-list';
import { Notice } from '../components/display/notice';
import { ProblemNotice } from '../components/display/problem-notice';
import { Tag } from '../components/display/tag';
import { Time } from '../components/display/time';
import { visible } from '../format/visible';
import { useAccess } from '../session/access';
import { ReceiverValues } from '../subscriptions/receiver-values';
import { ReplaceTokenButton } from '../subscriptions/replace-token-button';
import { SubscriptionActions } from '../subscriptions/subscription-actions';
import { subscriptionItems } from '../subscriptions/subscription-items';
import { DeadLetters } from './dead-letters';
import { Deliveries } from './deliveries';
import { SkippedNotice } from './skipped-notice';
import { WebhookSecrets } from './webhook-secrets';
import { ServiceText } from '../components/display/service-text';
import { t } from './messages';

/**
 * Shows a subscription to which the service delivers: whether it works, its secrets, dead letters, and
 * attempts.
 */
export function DeliveryCard({ subscription }: { readonly subscription: Subscription }) {
  const { domain, mayChange } = useAccess();
  const { subscriptionId, kind } = subscription;
  const path = { domainId: domain.domainId, subscriptionId };
  const status = useWebhookStatus(path);
  const test = useTestWebhook(path);
  const retry = useRetryWebhook(path);
  const isPaused = subscription.state === 'paused';
  const error = status.error ?? test.error ?? retry.error;
  const { deliveredAt, nextAttemptAt } = status.data ?? {};
  return (
    <Card title={visible(subscription.name)} action={<StateTag isPaused={isPaused} status={status.data} />}>
      {error && <ProblemNotice error={error} />}
      <DescriptionList
        items={[
          ...subscriptionItems(subscription),
          [t('lastDelivery'), deliveredAt ? <Time at={deliveredAt} /> : t('never')],
          ...(nextAttemptAt ? [[t('nextAttempt'), <Time key="next" at={nextAttemptAt} />] as const] : []),
        ]}
      />
      {status.data?.failingSince !== undefined && (
        <Notice tone="bad" title={t(`acceptsNoEvents.${kind}`)}>
          <p>{status.data.lastError && <ServiceText>{status.data.lastError}</ServiceText>}</p>
        </Notice>
      )}
      {status.data?.skipped && <SkippedNotice skipped={status.data.skipped} />}
      {test.data && (
        <Notice
          tone={test.data.delivered ? 'good' : 'bad'}
          title={t(`${test.data.delivered ? 'acceptedTest' : 'refusedTest'}.${kind}`)}
          isAlert
        >
          <p>{test.data.error ? <ServiceText>{test.data.error}</ServiceText> : testText(test.data)}</p>
        </Notice>
      )}
      <SubscriptionActions subscription={subscription}>
        {hasTestEvents(kind) && (
          <Button isDisabled={test.isPending} onPress={() => test.mutate(undefined)}>
            {t('sendTestEvent')}
          </Button>
        )}
        {kind === 'setPoll' && <ReplaceTokenButton subscription={subscription} />}
        {nextAttemptAt !== undefined && !isPaused && (
          <Button isDisabled={retry.isPending} onPress={() => retry.mutate(undefined)}>
            {t('tryNow')}
          </Button>
        )}
      </SubscriptionActions>
      <ReceiverValues subscription={subscription} />
      {kind === 'webhook' && <WebhookSecrets path={path} secrets={status.data?.secrets ?? []} />}
      <DeadLetters path={path} mayReplay={mayChange && !isPaused} />
      <Deliveries path={path} />
    </Card>
  );
}

/** SCIM has no test events. */
const hasTestEvents = (kind: SubscriptionKind): boolean => kind === 'webhook' || kind === 'eventBridge';

const testText = ({ status, durationMs }: { readonly status?: number; readonly durationMs: number }) =>
  status === undefined
    ? t('acceptedAfter', { count: durationMs })
    : t('statusAfter', { status, count: durationMs });

function StateTag({ isPaused, status }: { readonly isPaused: boolean; readonly status?: WebhookStatus }) {
  if (isPaused) return <Tag tone="neutral">{t('paused')}</Tag>;
  if (!status) return null;
  return status.failingSince === undefined ? (
    <Tag tone="good">{t('active')}</Tag>
  ) : (
    <Tag tone="bad">{t('failing')}</Tag>
  );
}
