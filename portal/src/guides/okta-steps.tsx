import type { Connection } from '../api/schema';
import { CopyField } from '../components/controls/copy-field';
import { DescriptionList } from '../components/display/description-list';
import { DocsLink } from '../components/display/docs-link';
import { CopyFields } from '../connections/copy-fields';
import { scimUrlValue } from '../format/connection-values';
import { Step } from '../provisioning/steps';
import { useConnectionAccess } from '../session/access';
import { CredentialStep } from './credential-step';
import { Message, t } from './messages';

/**
 * The steps that connect Okta. Its SCIM client sends a SCIM key, because it does not support client
 * credentials. The key is the last value to paste: the portal shows it once, in a dialog that covers the
 * steps.
 */
export function OktaSteps({ connection }: { readonly connection: Connection | undefined }) {
  const { domain } = useConnectionAccess();
  return (
    <>
      <Step title={t('inOktaCreateTheApp')}>
        <p>
          <Message id="goApplicationsCreateAppIntegration" components={{ b: <b lang="en" /> }} />
        </p>
      </Step>
      <Step title={t('inOktaTurnOnProvisioning')}>
        <p>
          <Message id="goGeneralAppSettingsEdit" components={{ b: <b lang="en" /> }} />
        </p>
      </Step>
      <Step title={t('oktaEnterValuesConnection')}>
        <p>
          <Message id="goProvisioningIntegrationEditEnter" components={{ b: <b lang="en" /> }} />
        </p>
        <CopyFields values={[scimUrlValue({ identityProvider: 'okta', scimUrl: domain.scimBaseUrl })]} />
        <CopyField label={t('uniqueIdentifierFieldForUsers')} noun={t('identifierField')} value="userName" />
        <DescriptionList
          items={[
            [t('supportedProvisioningActions'), t('pushNewUsersPushProfile')],
            [t('authenticationMode'), t('httpHeader')],
            [t('authorizationBearer'), t('scimKeyNextStepOkta')],
          ]}
        />
      </Step>
      <Step title={t('hereGenerateAScimKey')}>
        <CredentialStep connection={connection} type="scim-key">
          <p>
            <Message id="pageShowsKeyOnceCopy" components={{ b: <b lang="en" /> }} />
          </p>
        </CredentialStep>
      </Step>
      <Step title={t('inOktaTestAndSave')}>
        <p>
          <Message id="chooseTestConnectorConfigurationOkta" components={{ b: <b lang="en" /> }} />
        </p>
      </Step>
      <Step title={t('inOktaChooseTheActions')}>
        <p>
          <Message id="goProvisioningAppEditEnable" components={{ b: <b lang="en" /> }} />
        </p>
      </Step>
      <Step title={t('oktaAssignFirstUser')}>
        <p>
          <Message id="assignOneUserUnderAssignments" components={{ b: <b lang="en" /> }} />
        </p>
        <DocsLink page="okta.md">{t('licenseTypesAndTroubleshooting')}</DocsLink>
      </Step>
    </>
  );
}
