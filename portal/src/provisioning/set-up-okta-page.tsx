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
        description="You need to be an administrator of apps in Okta. It takes ten minutes."
      />
      <ConnectionStatus />
      <Steps>
        <Step title="Create the app">
          <p>
            <b>Applications → Create App Integration</b>: take <b>SWA</b>, or SAML 2.0 if the app has a single
            sign-on. As the application username format, <b>Email</b> suits most.
          </p>
        </Step>
        <Step title="Switch provisioning on">
          <p>
            <b>General → App Settings → Edit</b>: choose <b>SCIM</b> as provisioning and save. A tab{' '}
            <b>Provisioning</b> appears.
          </p>
        </Step>
        <Step title="Generate an API key">
          <GenerateKeyStep url={{ label: 'SCIM connector base URL', value: domain.scimBaseUrl }} />
        </Step>
        <Step title="Fill in the connection">
          <p>
            <b>Provisioning → Integration → Edit</b>, with these values:
          </p>
          <CopyField label="SCIM connector base URL" noun="base URL" value={domain.scimBaseUrl} />
          <CopyField label="Unique identifier field for users" noun="identifier field" value="userName" />
          <DescriptionList
            items={[
              ['Supported provisioning actions', 'Push New Users, Push Profile Updates, Push Groups'],
              ['Authentication Mode', 'HTTP Header'],
              ['Authorization (Bearer)', 'the API key; Okta puts “Bearer” before it'],
            ]}
          />
        </Step>
        <Step title="Test and save">
          <p>
            <b>Test Connector Configuration</b> ticks all actions that you chose. Save.
          </p>
        </Step>
        <Step title="Say what is provisioned">
          <p>
            <b>Provisioning → To App → Edit</b>: switch on <b>Create Users</b>, <b>Update User Attributes</b>{' '}
            and <b>Deactivate Users</b>. Leave Sync Password off.
          </p>
        </Step>
        <Step title="Assign people">
          <p>
            <b>Assignments</b>: each person that you assign gets a license and its key by mail. Under{' '}
            <b>Push Groups</b> push the groups that are to be seen here.
          </p>
        </Step>
      </Steps>
      <DocsLink page="okta.md">Types of licenses, and what to do when something fails</DocsLink>
    </>
  );
}
