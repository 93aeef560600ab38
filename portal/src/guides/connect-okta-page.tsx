import { DocsLink } from '../components/display/docs-link';
import { PageHeader } from '../layout/page-header';
import { GuideConnectionCard } from './guide-connection-card';
import { OktaSteps } from './okta-steps';
import { Steps } from '../provisioning/steps';
import { useGuideConnection } from './use-guide-connection';

/** The guide for Okta. */
export function ConnectOktaPage() {
  const guide = useGuideConnection('okta');
  return (
    <>
      <PageHeader
        title="Connect Okta"
        description="You need to be an app administrator in Okta. The setup takes about ten minutes."
      />
      <GuideConnectionCard guide={guide} defaultName="Okta" />
      <Steps>
        <OktaSteps connection={guide.selected} />
      </Steps>
      <DocsLink page="okta.md">License types and troubleshooting</DocsLink>
    </>
  );
}
