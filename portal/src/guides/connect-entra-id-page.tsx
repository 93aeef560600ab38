import { useSearchParams } from 'react-router';
import { ChoiceField } from './choice-field';
import { DocsLink } from '../components/display/docs-link';
import { Notice } from '../components/display/notice';
import { AssertionTestCard } from '../connections/page/assertion-test-card';
import { hasTrust } from '../format/connection';
import { PageHeader } from '../layout/page-header';
import { useAccess } from '../session/access';
import { ApplicationStep, EntraIdCredentialStep, PasteValuesStep } from './entra-id-connect-steps';
import { ENTRA_ID_METHODS, methodOf } from './entra-id-methods';
import { MappingStep, ScopeStep, StartStep } from './entra-id-provision-steps';
import { GuideConnectionCard } from './guide-connection-card';
import { Steps } from '../provisioning/steps';
import { StatusStep } from './status-step';
import { useGuideConnection } from './use-guide-connection';
import { t } from './messages';

/**
 * The guide for Entra ID: three steps that connect it, as Microsoft divides them, and three that start it.
 */
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
      <PageHeader title={t('connectEntraId')} description={t('needApplicationAdministratorRoleMicrosoft')} />
      <GuideConnectionCard guide={guide} defaultName="Entra ID" />
      {domain.ratePlan === 'standard' && (
        <Notice tone="warning" title={t('domainStandardRatePlan')}>
          <p>{t('entraIdSendsMoreRequests')}</p>
        </Notice>
      )}
      <ChoiceField
        label={t('howEntraIdAuthenticates')}
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
        <StatusStep connection={connection} />
      </Steps>
      {method === 'trust' && mayChange && connection && hasTrust(connection) && (
        <AssertionTestCard connection={connection} />
      )}
      <DocsLink page="entra-id.md">{t('mappingTableAndTroubleshooting')}</DocsLink>
    </>
  );
}
