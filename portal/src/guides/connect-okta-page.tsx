import { PageHeader } from '../layout/page-header';
import { GuideConnectionCard } from './guide-connection-card';
import { OktaSteps } from './okta-steps';
import { Steps } from '../provisioning/steps';
import { StatusStep } from './status-step';
import { useGuideConnection } from './use-guide-connection';
import { t } from './messages';

/** The guide for Okta. */
export function ConnectOktaPage() {
  const guide = useGuideConnection('okta');
  return (
    <>
      <PageHeader title={t('connectOkta')} description={t('needAppAdministratorOktaSetup')} />
      <GuideConnectionCard guide={guide} defaultName="Okta" />
      <Steps>
        <OktaSteps connection={guide.selected} />
        <StatusStep connection={guide.selected} />
      </Steps>
    </>
  );
}
