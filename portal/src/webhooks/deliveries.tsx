import type { WebhookDelivery } from '../api/schema';
import type { SubscriptionPath } from '../api/subscriptions';
import { useWebhookDeliveries } from '../api/webhooks';
import type { Column } from '../components/display/column';
import { DisclosureSection } from '../components/display/disclosure-section';
import { ServiceText } from '../components/display/service-text';
import { Tag } from '../components/display/tag';
import { Time } from '../components/display/time';
import { EVENT_COLUMN, EventTable } from './event-table';
import { t } from './messages';

/** Shows the attempts to deliver events of the last 30 days. */
export function Deliveries({ path }: { readonly path: SubscriptionPath }) {
  return (
    <DisclosureSection title={t('deliveries')}>
      <EventTable
        query={useWebhookDeliveries(path)}
        caption={t('deliveriesNewestFirst')}
        exportName={t('deliveries')}
        columns={COLUMNS}
        keyOf={({ id }) => id}
        more={t('showMoreDeliveries')}
        none={t('nothingSentLast30Days')}
      />
    </DisclosureSection>
  );
}

const COLUMNS: readonly Column<WebhookDelivery>[] = [
  { title: t('when'), cell: ({ at }) => <Time at={at} />, text: ({ at }) => at },
  EVENT_COLUMN,
  { title: t('attempt'), cell: ({ attempt }) => attempt },
  {
    title: t('result'),
    text: ({ status, error }) => [status ?? t('noResponse'), error].filter(Boolean).join(': '),
    cell: ({ delivered, status, error }) => (
      <span className="two-lines">
        <span>
          <Tag tone={delivered ? 'good' : 'bad'}>{status ?? t('noResponse')}</Tag>
        </span>
        {error && (
          <span className="subtle">
            <ServiceText>{error}</ServiceText>
          </span>
        )}
      </span>
    ),
  },
  { title: t('milliseconds'), align: 'end', cell: ({ durationMs }) => durationMs },
];
