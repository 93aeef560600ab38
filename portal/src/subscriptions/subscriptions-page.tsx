import { useState } from 'react';
import { useSubscriptions } from '../api/subscriptions';
import { Button } from '../components/controls/button';
import { EmptyState } from '../components/display/empty-state';
import { ProblemNotice } from '../components/display/problem-notice';
import { Skeleton } from '../components/display/skeleton';
import { PageHeader } from '../layout/page-header';
import { useAccess } from '../session/access';
import { DeliveryCard } from '../webhooks/delivery-card';
import { CreateSubscriptionDialog } from './create-subscription-dialog';
import { SubscriptionCard } from './subscription-card';
import { t } from './messages';

/** Lists the subscriptions to the events of a domain. Owners create, test, and repair them here. */
export function SubscriptionsPage() {
  const { domain, mayChange } = useAccess();
  const subscriptions = useSubscriptions(domain.domainId);
  const [creating, setCreating] = useState(false);
  const items = subscriptions.data?.items;
  const create = mayChange && subscriptions.data && (
    <Button variant="primary" icon="plus" onPress={() => setCreating(true)}>
      {t('addSubscription')}
    </Button>
  );
  return (
    <>
      <PageHeader
        title={t('events')}
        description={t('subscriptionDeliversEachChangeUsers')}
        actions={items && items.length > 0 && create}
      />
      {subscriptions.error && (
        <ProblemNotice error={subscriptions.error} onRetry={() => void subscriptions.refetch()} />
      )}
      {subscriptions.isPending && <Skeleton lines={4} />}
      {items?.length === 0 && (
        <EmptyState icon="external" title={t('noSubscriptions')} action={create}>
          {mayChange ? t('addWebhookFeedProductReads') : t('askOwnerDomainAddOne')}
        </EmptyState>
      )}
      {items?.map((subscription) =>
        subscription.kind === 'feed' ? (
          <SubscriptionCard key={subscription.subscriptionId} subscription={subscription} />
        ) : (
          <DeliveryCard key={subscription.subscriptionId} subscription={subscription} />
        ),
      )}
      {creating && subscriptions.data && (
        <CreateSubscriptionDialog
          domainId={domain.domainId}
          kinds={subscriptions.data.kinds}
          onClose={() => setCreating(false)}
        />
      )}
    </>
  );
}
