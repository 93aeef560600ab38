import type { Connection } from '../api/schema';
import { CopyFields } from '../connections/copy-fields';
import { clientValues, scimUrlValue } from '../format/connection-values';
import { useConnectionAccess } from '../session/access';
import { CredentialStep } from './credential-step';
import { type EntraIdMethod, METHOD_NAMES } from './entra-id-methods';
import { Step } from '../provisioning/steps';

interface StepProps {
  readonly method: EntraIdMethod;
  readonly connection: Connection | undefined;
}

/** Step 1, in Entra ID: create the application, and choose how it authenticates. */
export function ApplicationStep({ method }: Pick<StepProps, 'method'>) {
  return (
    <Step title="In Entra ID, choose the authentication method">
      <p>
        Go to <b>Enterprise applications → New application → Create your own application</b>, and choose
        “Integrate any other application you don’t find in the gallery”.
      </p>
      <p>
        Under <b>Provisioning → New configuration</b>, select the authentication method{' '}
        <b>{METHOD_NAMES[method]}</b>. Older versions of the page have the mode <b>Automatic</b> instead, with
        a secret token only.
      </p>
      {method === 'trust' && (
        <p>
          Choose <b>Select workload identity → Register</b>. Entra ID shows a token issuer, a JWKS URI, a
          subject, and an audience. Keep this page open.
        </p>
      )}
    </Step>
  );
}

/** Step 2, in the portal: add the credential. */
export function EntraIdCredentialStep({ method, connection }: StepProps) {
  return (
    <Step title={CREDENTIAL_STEPS[method].title}>
      <CredentialStep connection={connection} type={method}>
        <p>{CREDENTIAL_STEPS[method].text}</p>
      </CredentialStep>
    </Step>
  );
}

const CREDENTIAL_STEPS: Readonly<Record<EntraIdMethod, { readonly title: string; readonly text: string }>> = {
  trust: {
    title: 'Here, trust the workload identity',
    text: 'Paste the values from Entra ID into a trust. If you are not sure which audience Entra ID sends, enter both forms: the application ID, and api:// followed by it.',
  },
  'client-secret': {
    title: 'Here, generate a client secret',
    text: 'The page shows the secret once, together with the other values. Paste all of them in Entra ID before you close the dialog. They have the names of the fields there.',
  },
  'scim-key': {
    title: 'Here, generate a SCIM key',
    text: 'The page shows the key once, together with the tenant URL. Paste both in Entra ID before you close the dialog: the key is the secret token.',
  },
};

/** Step 3, in Entra ID: paste the values, test the connection, and save it. */
export function PasteValuesStep({ method, connection }: StepProps) {
  const { domain } = useConnectionAccess();
  const usesToken = method !== 'scim-key';
  return (
    <Step title="In Entra ID, paste the values and test the connection">
      {usesToken && !connection && (
        <p>The client identifier belongs to the connection. Create it above first.</p>
      )}
      <CopyFields
        values={
          usesToken && connection
            ? clientValues({ ...connection, identityProvider: 'entra-id' })
            : [scimUrlValue({ scimUrl: domain.scimBaseUrl, identityProvider: 'entra-id' })]
        }
      />
      {method === 'client-secret' && <p>The client secret is the one that you have generated above.</p>}
      {method === 'scim-key' && <p>The secret token is the SCIM key that you have generated above.</p>}
      <p>
        Choose <b>Test connection</b>, then save{method === 'trust' && ' and activate'}. This page shows the
        first request within a minute. If the test fails, paste the values again.
      </p>
    </Step>
  );
}
