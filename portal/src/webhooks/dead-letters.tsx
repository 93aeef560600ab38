import type { WebhookDeadLetter } from '../api/schema';
import type { SubscriptionPath } from '../api/subscriptions';
import { useReplayWebhook, useWebhookDeadLetters } from '../api/webhooks';
import { Button } from '../components/controls/button';
import type { Column } from '../components/display/data-table';
import { DisclosureSection } from '../components/display/disclosure-section';
import { ProblemNotice } from '../components/display/problem-notice';
import { Day, Time } from '../components/display/time';
import { useAnnounce } from '../layout/announcer';
import { EVENT_COLUMN, EventTable, rowsOf } from './event-table';

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
    replay.mutate({ deadLetters }, { onSuccess: () => announce('The events are delivered again.') });
  return (
    <DisclosureSection title="Dead letters">
      <p>
        The endpoint did not accept these events for 24 hours. They are not tried again unless you replay
        them.
      </p>
      {replay.error && <ProblemNotice error={replay.error} />}
      {mayReplay && (
        <Button isDisabled={replay.isPending} onPress={() => send('all')}>
          Replay all
        </Button>
      )}
      <EventTable
        query={letters}
        caption="Dead letters, oldest first"
        columns={
          mayReplay ? [...COLUMNS, replayColumn((eventId) => send([eventId]), replay.isPending)] : COLUMNS
        }
        keyOf={({ eventId }) => eventId}
        more="Show more dead letters"
        none="There are no dead letters."
      />
    </DisclosureSection>
  );
}

const COLUMNS: readonly Column<WebhookDeadLetter>[] = [
  { title: 'Given up', cell: ({ failedAt }) => <Time at={failedAt} /> },
  EVENT_COLUMN,
  { title: 'Last error', cell: ({ error }) => error ?? 'It waited behind others.' },
  { title: 'Kept until', cell: ({ expireTime }) => <Day at={expireTime} /> },
];

const replayColumn = (
  onReplay: (eventId: string) => void,
  isPending: boolean,
): Column<WebhookDeadLetter> => ({
  title: 'Actions',
  isTitleHidden: true,
  align: 'end',
  cell: ({ eventId, type }) => (
    <Button
      variant="quiet"
      isDisabled={isPending}
      aria-label={`Replay ${type} ${eventId}`}
      onPress={() => onReplay(eventId)}
    >
      Replay
    </Button>
  ),
});
