import { CopyField } from '../components/controls/copy-field';
import { DocsLink } from '../components/display/docs-link';
import { DescriptionList } from '../components/display/description-list';
import { PageHeader } from '../layout/page-header';
import { ConnectionStatus } from './connection-status';
import { Step, Steps } from './steps';
import { useAccess } from '../session/access';
import { GenerateKeyStep } from '../credentials/generate-key-step';

export function SetUpOktaPage() {
  const { domain } = useAccess();
  return (
    <>
      <PageHeader
        title="Set up Okta"
        description="You need to be an app administrator in Okta. The setup takes about ten minutes."
      />
      <ConnectionStatus />
      <Steps>
        <Step title="Create the app">
          <p>
            <b>Applications → Create App Integration</b>: choose <b>SWA</b>, or SAML 2.0 if the app has single
            sign-on. The application username format <b>Email</b> works for most organizations.
          </p>
        </Step>
        <Step title="Turn on provisioning">
          <p>
            <b>General → App Settings → Edit</b>: choose <b>SCIM</b> as provisioning and save. The tab{' '}
            <b>Provisioning</b> appears.
          </p>
        </Step>
        <Step title="Generate an API key">
          <GenerateKeyStep url={{ label: 'SCIM connector base URL', value: domain.scimBaseUrl }} />
        </Step>
        <Step title="Configure the connection">
          <p>
            <b>Provisioning → Integration → Edit</b>: enter these values.
          </p>
          <CopyField label="SCIM connector base URL" noun="base URL" value={domain.scimBaseUrl} />
          <CopyField label="Unique identifier field for users" noun="identifier field" value="userName" />
          <DescriptionList
            items={[
              ['Supported provisioning actions', 'Push New Users, Push Profile Updates, Push Groups'],
              ['Authentication Mode', 'HTTP Header'],
              ['Authorization (Bearer)', 'The API key. Okta adds “Bearer” itself.'],
            ]}
          />
        </Step>
        <Step title="Test and save">
          <p>
            <b>Test Connector Configuration</b> shows a check mark for each action that you selected. Then
            save.
          </p>
        </Step>
        <Step title="Choose the actions">
          <p>
            <b>Provisioning → To App → Edit</b>: enable <b>Create Users</b>, <b>Update User Attributes</b> and{' '}
            <b>Deactivate Users</b>. Do not enable Sync Password.
          </p>
        </Step>
        <Step title="Assign users">
          <p>
            <b>Assignments</b>: each user that you assign gets a license and an email with its key. Under{' '}
            <b>Push Groups</b>, push the groups that you want to see here.
          </p>
        </Step>
      </Steps>
      <DocsLink page="okta.md">License types and troubleshooting</DocsLink>
    </>
  );
}
