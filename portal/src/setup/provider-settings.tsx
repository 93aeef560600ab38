import type { Connection, SetupProgress } from '../api/schema';
import { DescriptionList } from '../components/display/description-list';
import { DocsLink } from '../components/display/docs-link';
import { CopyFields } from '../connections/copy-fields';
import { scimUrlValue } from '../format/connection-values';
import { CredentialStep } from '../guides/credential-step';
import { OktaSteps } from '../guides/okta-steps';
import { Step } from '../provisioning/steps';
import { EntraIdSettings } from './entra-id-settings';
import type { SetupConnection } from './use-setup-connection';
import { t } from './messages';

interface ProviderSettingsProps {
  readonly domain: SetupProgress['domain'];
  readonly setup: SetupConnection;
}

/** The steps that add a credential to the connection, and enter it at the identity provider. */
export function ProviderSettings({ domain, setup: { provider, selected } }: ProviderSettingsProps) {
  if (provider === 'entra-id') return <EntraIdSettings domain={domain} connection={selected} />;
  if (provider === 'okta') return <OktaSteps connection={selected} />;
  return <OtherSettings domain={domain} connection={selected} />;
}

interface OtherSettingsProps {
  readonly domain: SetupProgress['domain'];
  readonly connection: Connection | undefined;
}

/** Most SCIM clients authenticate with a SCIM key. */
function OtherSettings({ domain: { scimBaseUrl }, connection }: OtherSettingsProps) {
  return (
    <>
      <Step title={t('identityProviderEnterValuesConnection')}>
        <p>{t('enterValuesWhereIdentityProvider')}</p>
        <CopyFields values={[scimUrlValue({ identityProvider: 'other', scimUrl: scimBaseUrl })]} />
        <DescriptionList
          items={[
            [t('authentication'), t('bearerTokenScimKeyNext')],
            [t('uniqueIdentifierOfUsers'), 'userName'],
            [t('mediaType'), 'application/scim+json'],
          ]}
        />
        <DocsLink page="generic.md">{t('expectedResultsAndTroubleshooting')}</DocsLink>
        <DocsLink page="connect">{t('guidesOfIdentityProviders')}</DocsLink>
        <DocsLink page="api.md">{t('scimApi')}</DocsLink>
      </Step>
      <Step title={t('hereGenerateAScimKey')}>
        <CredentialStep connection={connection} type="scim-key">
          <p>{t('pageShowsKeyOnceCopy')}</p>
        </CredentialStep>
      </Step>
      <Step title={t('identityProviderTestConnectionAssign')}>
        <p>{t('testReportsError401Key')}</p>
      </Step>
    </>
  );
}
