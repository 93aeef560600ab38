import type { WebhookDelivery } from '../api/schema';
import type { SubscriptionPath } from '../api/subscriptions';
import { useWebhookDeliveries } from '../api/webhooks';
import type { Column } from '../components/display/data-table';
import { DisclosureSection } from '../components/display/disclosure-section';
import { Tag } from '../components/display/tag';
import { Time } from '../components/display/time';
import { EVENT_COLUMN, EventTable } from './event-table';

/** Shows the attempts to deliver events of the last 30 days. */
export function Deliveries({ path }: { readonly path: SubscriptionPath }) {
  return (
    <DisclosureSection title="Deliveries">
      <EventTable
        query={useWebhookDeliveries(path)}
        caption="Deliveries, newest first"
        columns={COLUMNS}
        keyOf={({ id }) => id}
        more="Show more deliveries"
        none="Nothing was sent in the last 30 days."
      />
    </DisclosureSection>
  );
}

const COLUMNS: readonly Column<WebhookDelivery>[] = [
  { title: 'When', cell: ({ at }) => <Time at={at} /> },
  EVENT_COLUMN,
  { title: 'Attempt', cell: ({ attempt }) => attempt },
  {
    title: 'Result',
    cell: ({ delivered, status, error }) => (
      <span className="two-lines">
        <span>
          <Tag tone={delivered ? 'good' : 'bad'}>{status ?? 'No response'}</Tag>
        </span>
        {error && <span className="subtle">{error}</span>}
      </span>
    ),
  },
  { title: 'Milliseconds', align: 'end', cell: ({ durationMs }) => durationMs },
];
