import type { Connection } from '../api/schema';
import { useSetupProgress } from '../api/setup';
import { ProblemNotice } from '../components/display/problem-notice';
import { Skeleton } from '../components/display/skeleton';
import { Time } from '../components/display/time';
import { visible } from '../format/visible';
import { StatusItem, StatusList } from './status-list';

interface SetupFeedbackProps {
  readonly domainId: string;
  /** The connection whose requests count; undefined if it has yet to be created. */
  readonly connection: Connection | undefined;
}

/** Shows what has arrived, while the administrator works at the identity provider. */
export function SetupFeedback({ domainId, connection }: SetupFeedbackProps) {
  const progress = useSetupProgress(domainId, connection?.connectionId);
  if (!progress.data) {
    if (!progress.error) return <Skeleton lines={3} />;
    return <ProblemNotice error={progress.error} onRetry={() => void progress.refetch()} />;
  }
  const { requests, users, mails } = progress.data;
  return (
    <>
      <p>
        This list updates itself every few seconds.
        {connection && <> It shows the requests of the connection {visible(connection.name)}.</>}
      </p>
      <StatusList isLive>
        <StatusItem state={requests.lastAt ? 'done' : 'waiting'} title="First request">
          {requests.lastAt ? (
            <>
              Your identity provider is connected. Last request: <Time at={requests.lastAt} />
            </>
          ) : (
            'Waiting for your identity provider. It sends a request when you test the connection. A request with a wrong or incomplete key does not appear here.'
          )}
        </StatusItem>
        {requests.refused.map(({ at, request, status, reason }) => (
          <StatusItem key={`${at} ${request}`} state="failed" title={`Refused: ${request} (${status})`}>
            {reason ? visible(reason) : 'No reason was given.'}{' '}
            <span className="subtle">
              (<Time at={at} />)
            </span>
          </StatusItem>
        ))}
        <StatusItem state={users.count > 0 ? 'done' : 'waiting'} title="First user">
          {users.count > 0
            ? `The domain has ${users.count} ${users.count === 1 ? 'user' : 'users'}.`
            : 'Waiting for a user. Assign one at your identity provider.'}
        </StatusItem>
        <StatusItem
          state={mails.firstSentAt ? 'done' : mails.problem ? 'failed' : 'waiting'}
          title="First email"
        >
          {mails.firstSentAt ? (
            <>
              The license key was emailed to the first user <Time at={mails.firstSentAt} />.
            </>
          ) : (
            (MAIL_PROBLEMS[mails.problem ?? ''] ??
            'Waiting. Each active user gets an email with a license key.')
          )}
        </StatusItem>
      </StatusList>
    </>
  );
}

const MAIL_PROBLEMS: Readonly<Record<string, string>> = {
  'no-address':
    'The first user has no email address. Map the attribute emails at your identity provider, and send the user again.',
  failed: 'The email could not be sent. Tell the person who sent you the link.',
  suppressed: 'An earlier email to the address bounced. Correct the address at your identity provider.',
  bounced: 'The email bounced. Correct the address at your identity provider.',
};
