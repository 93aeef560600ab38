import type { Connection } from '../api/schema';
import { useSetupProgress } from '../api/setup';
import { Notice } from '../components/display/notice';
import { ProblemNotice } from '../components/display/problem-notice';
import { Skeleton } from '../components/display/skeleton';
import { Day } from '../components/display/time';
import { PageHeader } from '../layout/page-header';
import { Step, Steps } from '../provisioning/steps';
import { SetupDomainContext } from '../session/access';
import { AccountOffer } from './account-offer';
import { ChooseProvider } from './choose-provider';
import { CreateConnection } from './create-connection';
import { ProviderSettings } from './provider-settings';
import { SetupFeedback } from './setup-feedback';
import { SetupTopBar } from './setup-top-bar';
import { useSetupConnection } from './use-setup-connection';

interface SetupGuidePageProps {
  readonly domainId: string;
  /** The time when the link expires; RFC 3339. */
  readonly expireTime: string;
}

/** Guides somebody with a setup link from the choice of the identity provider to the first user. */
export function SetupGuidePage({ domainId, expireTime }: SetupGuidePageProps) {
  const progress = useSetupProgress(domainId);
  const setup = useSetupConnection(domainId);
  const { data } = progress;
  return (
    <>
      <SetupTopBar domainName={data?.domain.name} />
      <main className="page page-narrow" id="main" tabIndex={-1}>
        <PageHeader
          title="Set up provisioning"
          description={
            <>
              Connect your identity provider{data && <> to {data.domain.name}</>}. It takes about 15 minutes.
              You can close this page and come back with the same link, in this browser, until{' '}
              <Day at={expireTime} />.
            </>
          }
        />
        {progress.error && <ProblemNotice error={progress.error} onRetry={() => void progress.refetch()} />}
        {progress.isPending && <Skeleton lines={6} />}
        {data && !(data.domain.scimAvailable && data.domain.scimEnabled) && (
          <Notice tone="warning" title="SCIM is disabled for this domain">
            <p>
              All requests of your identity provider are refused. Ask the person who sent you the link to
              enable SCIM. You can prepare everything else.
            </p>
          </Notice>
        )}
        {data && (
          <SetupDomainContext value={data.domain}>
            <Steps>
              <Step title="Choose your identity provider">
                <ChooseProvider value={setup.provider} onChange={setup.chooseProvider} />
              </Step>
              <Step title="Create the connection">
                <CreateConnection setup={setup} />
              </Step>
              <ProviderSettings domain={data.domain} setup={setup} />
              <Step title="Watch the first user arrive">
                <SetupFeedback domainId={domainId} connection={setup.selected} />
              </Step>
              <Step title="Finish">
                <FinishNotice domainId={domainId} connection={setup.selected} />
                {data.account && <AccountOffer domainId={domainId} account={data.account} />}
              </Step>
            </Steps>
          </SetupDomainContext>
        )}
      </main>
    </>
  );
}

interface FinishNoticeProps {
  readonly domainId: string;
  readonly connection: Connection | undefined;
}

/** Says that everything works, or what is still missing. Users of another identity provider do not show that this one works. */
function FinishNotice({ domainId, connection }: FinishNoticeProps) {
  const progress = useSetupProgress(domainId, connection?.connectionId).data;
  if (progress?.requests.lastAt && progress.users.count > 0 && progress.mails.firstSentAt)
    return (
      <Notice tone="good" title="Provisioning works">
        <p>Assign the other users at your identity provider. There is nothing else to do here.</p>
      </Notice>
    );
  return (
    <p>
      When the first user and the first email are there, you are done. Then assign the other users at your
      identity provider.
    </p>
  );
}
