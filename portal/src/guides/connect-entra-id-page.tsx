import { useSearchParams } from 'react-router';
import { ChoiceField } from './choice-field';
import { DocsLink } from '../components/display/docs-link';
import { Notice } from '../components/display/notice';
import { AssertionTestCard } from '../connections/assertion-test-card';
import { hasTrust } from '../format/connection';
import { PageHeader } from '../layout/page-header';
import { useAccess } from '../session/access';
import { ApplicationStep, EntraIdCredentialStep, PasteValuesStep } from './entra-id-connect-steps';
import { ENTRA_ID_METHODS, methodOf } from './entra-id-methods';
import { MappingStep, ScopeStep, StartStep } from './entra-id-provision-steps';
import { GuideConnectionCard } from './guide-connection-card';
import { Steps } from '../provisioning/steps';
import { useGuideConnection } from './use-guide-connection';

/** The guide for Entra ID: three steps that connect it, as Microsoft divides them, and three that start it. */
export function ConnectEntraIdPage() {
  const { domain, mayChange } = useAccess();
  const guide = useGuideConnection('entra-id');
  const [parameters, setParameters] = useSearchParams();
  const method = methodOf(parameters.get('method'));
  const connection = guide.selected;
  const chooseMethod = (next: string) =>
    setParameters(
      (current) => {
        current.set('method', next);
        return current;
      },
      { replace: true, preventScrollReset: true },
    );
  return (
    <>
      <PageHeader
        title="Connect Entra ID"
        description="You need the Application Administrator role in Microsoft Entra ID. Steps 1 to 3 connect it, and steps 4 to 6 start provisioning."
      />
      <GuideConnectionCard guide={guide} defaultName="Entra ID" />
      {domain.ratePlan === 'standard' && (
        <Notice tone="warning" title="This domain has the Standard rate plan">
          <p>
            Entra ID sends more requests than this plan allows, so provisioning is slow. Ask the operator of
            the service for the Gallery plan before you provision more than a few users.
          </p>
        </Notice>
      )}
      <ChoiceField
        label="How Entra ID authenticates"
        choices={ENTRA_ID_METHODS}
        value={method}
        onChange={chooseMethod}
      />
      <Steps>
        <ApplicationStep method={method} />
        <EntraIdCredentialStep method={method} connection={connection} />
        <PasteValuesStep method={method} connection={connection} />
        <MappingStep />
        <ScopeStep />
        <StartStep />
      </Steps>
      {method === 'trust' && mayChange && connection && hasTrust(connection) && (
        <AssertionTestCard connection={connection} />
      )}
      <DocsLink page="entra-id.md">Mapping table and troubleshooting</DocsLink>
    </>
  );
}
