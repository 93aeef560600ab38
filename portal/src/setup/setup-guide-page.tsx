import type { Connection } from '../api/schema';
import { useSetupProgress } from '../api/setup';
import { ConnectionTest } from '../connection-test/connection-test-card';
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
import { Message, t } from './messages';

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
          title={t('setUpProvisioning')}
          description={
            <>
              {data ? t('connectTo', { name: data.domain.name }) : t('connect')}{' '}
              <Message id="takesAbout15Minutes" components={{ day: <Day at={expireTime} /> }} />
            </>
          }
        />
        {progress.error && <ProblemNotice error={progress.error} onRetry={() => void progress.refetch()} />}
        {progress.isPending && <Skeleton lines={6} />}
        {data && !(data.domain.scimAvailable && data.domain.scimEnabled) && (
          <Notice tone="warning" title={t('scimDisabledDomain')}>
            <p>{t('allRequestsIdentityProviderRefused')}</p>
          </Notice>
        )}
        {data && (
          <SetupDomainContext value={data.domain}>
            <Steps>
              <Step title={t('chooseYourIdentityProvider')}>
                <ChooseProvider value={setup.provider} onChange={setup.chooseProvider} />
              </Step>
              <Step title={t('createTheConnection')}>
                <CreateConnection setup={setup} />
              </Step>
              <ProviderSettings domain={data.domain} setup={setup} />
              <Step title={t('optionalTestTheService')}>
                <TestStep connection={setup.selected} />
              </Step>
              <Step title={t('watchTheFirstUserArrive')}>
                <SetupFeedback domainId={domainId} connection={setup.selected} />
              </Step>
              <Step title={t('finish')}>
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

/** Tests the service without the identity provider, so that the person knows where a problem is. */
function TestStep({ connection }: { readonly connection: Connection | undefined }) {
  if (!connection) return <p>{t('createTheConnectionFirst')}</p>;
  return (
    <>
      <p>{t('sendsTestUsersWithoutProvider')}</p>
      <ConnectionTest key={connection.connectionId} connection={connection} />
    </>
  );
}

interface FinishNoticeProps {
  readonly domainId: string;
  readonly connection: Connection | undefined;
}

/**
 * Says that everything works, or what is still missing. Users of another identity provider do not show that
 * this one works.
 */
function FinishNotice({ domainId, connection }: FinishNoticeProps) {
  const progress = useSetupProgress(domainId, connection?.connectionId).data;
  if (progress?.requests.lastAt && progress.users.count > 0 && progress.mails.firstSentAt)
    return (
      <Notice tone="good" title={t('provisioningWorks')}>
        <p>{t('assignOtherUsersIdentityProvider')}</p>
      </Notice>
    );
  return <p>{t('whenFirstUserFirstEmail')}</p>;
}
