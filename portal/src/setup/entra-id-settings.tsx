import { useState } from 'react';
import type { Connection, SetupProgress } from '../api/schema';
import { DocsLink } from '../components/display/docs-link';
import { Notice } from '../components/display/notice';
import { AssertionTestCard } from '../connections/page/assertion-test-card';
import { hasTrust } from '../format/connection';
import { ChoiceField } from '../guides/choice-field';
import { ApplicationStep, EntraIdCredentialStep, PasteValuesStep } from '../guides/entra-id-connect-steps';
import { ENTRA_ID_METHODS, type EntraIdMethod } from '../guides/entra-id-methods';
import { MappingStep, ScopeStep, StartStep } from '../guides/entra-id-provision-steps';
import { Step } from '../provisioning/steps';
import { t } from './messages';

interface EntraIdSettingsProps {
  readonly domain: SetupProgress['domain'];
  readonly connection: Connection | undefined;
}

/** The steps of the guide for Entra ID. */
export function EntraIdSettings({ domain, connection }: EntraIdSettingsProps) {
  const [method, setMethod] = useState<EntraIdMethod>('client-secret');
  return (
    <>
      <Step title={t('chooseHowEntraIdAuthenticates')}>
        {domain.ratePlan === 'standard' && (
          <Notice tone="warning" title={t('provisioningEntraIdSlowStandard')}>
            <p>{t('askPersonSentLinkGallery')}</p>
          </Notice>
        )}
        <ChoiceField
          label={t('howEntraIdAuthenticates')}
          choices={ENTRA_ID_METHODS}
          value={method}
          onChange={setMethod}
        />
        <DocsLink page="entra-id.md">{t('mappingTableAndTroubleshooting')}</DocsLink>
      </Step>
      <ApplicationStep method={method} />
      <EntraIdCredentialStep method={method} connection={connection} />
      <PasteValuesStep method={method} connection={connection} />
      {method === 'trust' && connection && hasTrust(connection) && (
        <Step title={t('connectionTestFailsTestAssertion')}>
          <AssertionTestCard connection={connection} />
        </Step>
      )}
      <MappingStep />
      <ScopeStep />
      <StartStep />
    </>
  );
}
