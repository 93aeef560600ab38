import type { Subscription } from '../api/schema';
import { Card } from '../components/display/card';
import { DescriptionList } from '../components/display/description-list';
import { Tag } from '../components/display/tag';
import { visible } from '../format/visible';
import { ReceiverValues } from './receiver-values';
import { ReplaceTokenButton } from './replace-token-button';
import { SubscriptionActions } from './subscription-actions';
import { subscriptionItems } from './subscription-items';
import { t } from './messages';

/** Shows a feed, whose product reads the events by itself. Owners replace its token here. */
export function SubscriptionCard({ subscription }: { readonly subscription: Subscription }) {
  const { name, state } = subscription;
  return (
    <Card
      title={visible(name)}
      action={
        state === 'paused' ? <Tag tone="neutral">{t('paused')}</Tag> : <Tag tone="good">{t('active')}</Tag>
      }
    >
      <DescriptionList items={subscriptionItems(subscription)} />
      <SubscriptionActions subscription={subscription}>
        <ReplaceTokenButton subscription={subscription} />
      </SubscriptionActions>
      <ReceiverValues subscription={subscription} />
    </Card>
  );
}
