import type { WebhookDeadLetter } from '../api/schema';
import type { SubscriptionPath } from '../api/subscriptions';
import { useReplayWebhook, useWebhookDeadLetters } from '../api/webhooks';
import { Button } from '../components/controls/button';
import type { Column } from '../components/display/column';
import { DisclosureSection } from '../components/display/disclosure-section';
import { ProblemNotice } from '../components/display/problem-notice';
import { Day, Time } from '../components/display/time';
import { useAnnounce } from '../layout/announcer';
import { EVENT_COLUMN, EventTable, rowsOf } from './event-table';
import { ServiceText } from '../components/display/service-text';
import { t } from './messages';

interface DeadLettersProps {
  readonly path: SubscriptionPath;
  readonly mayReplay: boolean;
}

/** Shows the events that an endpoint did not accept for 24 hours. */
export function DeadLetters({ path, mayReplay }: DeadLettersProps) {
  const letters = useWebhookDeadLetters(path);
  const replay = useReplayWebhook(path);
  const announce = useAnnounce();
  if (rowsOf(letters).length === 0 && !letters.error) return null;
  const send = (deadLetters: 'all' | string[]) =>
    replay.mutate({ deadLetters }, { onSuccess: () => announce(t('theEventsAreDeliveredAgain')) });
  return (
    <DisclosureSection title={t('deadLetters')}>
      <p>{t('endpointNotAcceptEvents24')}</p>
      {replay.error && <ProblemNotice error={replay.error} />}
      {mayReplay && (
        <Button isDisabled={replay.isPending} onPress={() => send('all')}>
          {t('replayAll')}
        </Button>
      )}
      <EventTable
        query={letters}
        caption={t('deadLettersOldestFirst')}
        exportName={t('deadLetters')}
        columns={
          mayReplay ? [...COLUMNS, replayColumn((eventId) => send([eventId]), replay.isPending)] : COLUMNS
        }
        keyOf={({ eventId }) => eventId}
        more={t('showMoreDeadLetters')}
        none={t('thereAreNoDeadLetters')}
      />
    </DisclosureSection>
  );
}

const COLUMNS: readonly Column<WebhookDeadLetter>[] = [
  { title: t('givenUp'), cell: ({ failedAt }) => <Time at={failedAt} />, text: ({ failedAt }) => failedAt },
  EVENT_COLUMN,
  {
    title: t('lastError'),
    text: ({ error }) => error,
    cell: ({ error }) => (error ? <ServiceText>{error}</ServiceText> : t('itWaitedBehindOthers')),
  },
  {
    title: t('keptUntil'),
    cell: ({ expireTime }) => <Day at={expireTime} />,
    text: ({ expireTime }) => expireTime,
  },
];

const replayColumn = (
  onReplay: (eventId: string) => void,
  isPending: boolean,
): Column<WebhookDeadLetter> => ({
  title: t('actions'),
  isTitleHidden: true,
  align: 'end',
  cell: ({ eventId, type }) => (
    <Button
      variant="quiet"
      isDisabled={isPending}
      aria-label={t('replayEvent', { type, eventId })}
      onPress={() => onReplay(eventId)}
    >
      {t('replay')}
    </Button>
  ),
});
