import type { Connection } from '../api/schema';
import { useSetupProgress } from '../api/setup';
import { ProblemNotice } from '../components/display/problem-notice';
import { Skeleton } from '../components/display/skeleton';
import { Time } from '../components/display/time';
import { visible } from '../format/visible';
import { StatusItem, StatusList } from './status-list';
import { ServiceText } from '../components/display/service-text';
import { Message, t } from './messages';

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
        {t('listUpdatesItselfEveryFew')}
        {connection && <> {t('showsRequestsConnectionName', { name: visible(connection.name) })}</>}
      </p>
      <StatusList isLive>
        <StatusItem state={requests.lastAt ? 'done' : 'waiting'} title={t('firstRequest')}>
          {requests.lastAt ? (
            <>
              <Message
                id="identityProviderConnectedLastRequest"
                components={{ time: <Time at={requests.lastAt} /> }}
              />
            </>
          ) : (
            t('waitingIdentityProviderSendsRequest')
          )}
        </StatusItem>
        {requests.refused.map(({ at, request, status, reason }) => (
          <StatusItem
            key={`${at} ${request}`}
            state="failed"
            title={t('refusedRequest', { request, status })}
          >
            {reason ? <ServiceText>{reason}</ServiceText> : t('noReasonWasGiven')}{' '}
            <span className="subtle">
              (<Time at={at} />)
            </span>
          </StatusItem>
        ))}
        <StatusItem state={users.count > 0 ? 'done' : 'waiting'} title={t('firstUser')}>
          {users.count > 0 ? t('domainUsers', { count: users.count }) : t('waitingUserAssignOneIdentity')}
        </StatusItem>
        <StatusItem
          state={mails.firstSentAt ? 'done' : mails.problem ? 'failed' : 'waiting'}
          title={t('firstEmail')}
        >
          {mails.firstSentAt ? (
            <>
              <Message
                id="licenseKeyEmailedFirstUser"
                components={{ time: <Time at={mails.firstSentAt} /> }}
              />
            </>
          ) : (
            (MAIL_PROBLEMS[mails.problem ?? ''] ?? t('waitingEachActiveUserGets'))
          )}
        </StatusItem>
      </StatusList>
    </>
  );
}

const MAIL_PROBLEMS: Readonly<Record<string, string>> = {
  'no-address': t('firstUserNoEmailAddress'),
  failed: t('emailCouldNotSentTell'),
  suppressed: t('earlierEmailAddressBouncedCorrect'),
  bounced: t('emailBouncedCorrectAddressIdentity'),
};
