import type { Connection } from '../api/schema';
import { CopyFields } from '../connections/copy-fields';
import { clientValues, scimUrlValue } from '../format/connection-values';
import { useConnectionAccess } from '../session/access';
import { CredentialStep } from './credential-step';
import { type EntraIdMethod, METHOD_NAMES } from './entra-id-methods';
import { Step } from '../provisioning/steps';
import { Message, t } from './messages';

interface StepProps {
  readonly method: EntraIdMethod;
  readonly connection: Connection | undefined;
}

/** Step 1, in Entra ID: create the application, and choose how it authenticates. */
export function ApplicationStep({ method }: Pick<StepProps, 'method'>) {
  return (
    <Step title={t('entraIdChooseAuthenticationMethod')}>
      <p>
        <Message id="goEnterpriseApplicationsNewApplication" components={{ b: <b lang="en" /> }} />
      </p>
      <p>
        <Message
          id="chooseMethod"
          values={{ method: METHOD_NAMES[method] }}
          components={{ b: <b lang="en" /> }}
        />
      </p>
      {method === 'trust' && (
        <p>
          <Message id="chooseSelectWorkloadIdentityRegister" components={{ b: <b lang="en" /> }} />
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
    title: t('hereTrustTheWorkloadIdentity'),
    text: t('pasteValuesEntraIdInto'),
  },
  'client-secret': {
    title: t('hereGenerateAClientSecret'),
    text: t('pageShowsSecretOnceTogether'),
  },
  'scim-key': {
    title: t('hereGenerateAScimKey'),
    text: t('pageShowsKeyOnceTogether'),
  },
};

/** Step 3, in Entra ID: paste the values, test the connection, and save it. */
export function PasteValuesStep({ method, connection }: StepProps) {
  const { domain } = useConnectionAccess();
  const usesToken = method !== 'scim-key';
  return (
    <Step title={t('entraIdPasteValuesTest')}>
      {usesToken && !connection && <p>{t('clientIdentifierBelongsConnectionCreate')}</p>}
      <CopyFields
        values={
          usesToken && connection
            ? clientValues({ ...connection, identityProvider: 'entra-id' })
            : [scimUrlValue({ scimUrl: domain.scimBaseUrl, identityProvider: 'entra-id' })]
        }
      />
      {method === 'client-secret' && <p>{t('clientSecretOneGeneratedAbove')}</p>}
      {method === 'scim-key' && <p>{t('secretTokenScimKeyGenerated')}</p>}
      <p>
        <Message
          id={method === 'trust' ? 'testSaveAndActivate' : 'testAndSave'}
          components={{ b: <b lang="en" /> }}
        />
      </p>
    </Step>
  );
}
