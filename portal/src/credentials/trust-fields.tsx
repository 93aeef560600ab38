import { TextAreaField } from '../components/controls/text-area-field';
import { TextField } from '../components/controls/text-field';
import { tenantOfIssuer } from '../format/connection';

/** The texts that the user has typed. Each line of `audiences` is one audience. */
export interface TrustInput {
  readonly name: string;
  readonly issuer: string;
  readonly jwksUrl: string;
  readonly subject: string;
  readonly audiences: string;
  readonly tenant: string;
}

export const emptyTrust = (name: string): TrustInput => ({
  name,
  issuer: '',
  jwksUrl: '',
  subject: '',
  audiences: '',
  tenant: '',
});

interface TrustFieldsProps {
  readonly value: TrustInput;
  readonly onChange: (value: TrustInput) => void;
}

/** The fields of a trust. After the name, they are in the order in which Entra ID shows its values. */
export function TrustFields({ value, onChange }: TrustFieldsProps) {
  const change = (part: Partial<TrustInput>) => onChange({ ...value, ...part });
  const changeIssuer = (issuer: string) => {
    const isTenantOurs = value.tenant === '' || value.tenant === tenantOfIssuer(value.issuer);
    change({ issuer, ...(isTenantOurs && { tenant: tenantOfIssuer(issuer) ?? '' }) });
  };
  const shared = { isRequired: true, autoComplete: 'off', spellCheck: 'false' } as const;
  return (
    <>
      <TextField
        {...shared}
        label="Name"
        description="The name of the trust in lists and in the audit log."
        maxLength={100}
        value={value.name}
        onChange={(name) => change({ name })}
      />
      <TextField
        {...shared}
        label="Issuer"
        description="Entra ID calls it token issuer. It is the iss of the assertion."
        value={value.issuer}
        onChange={changeIssuer}
      />
      <TextField
        {...shared}
        label="JWKS URL"
        description="The address of the issuer’s public keys. Entra ID calls it JWKS URI."
        type="url"
        value={value.jwksUrl}
        onChange={(jwksUrl) => change({ jwksUrl })}
      />
      <TextField
        {...shared}
        label="Subject"
        description="The sub of the assertion. In Entra ID, it is the object ID of the workload identity."
        value={value.subject}
        onChange={(subject) => change({ subject })}
      />
      <TextAreaField
        {...shared}
        label="Audiences"
        description="One per line, up to five. Entra ID sends the application ID, or api:// and the ID. Enter each one exactly."
        rows={2}
        value={value.audiences}
        onChange={(audiences) => change({ audiences })}
      />
      <TextField
        label="Tenant (optional)"
        description="The directory (tenant) ID of Entra ID, which is the tid of the assertion."
        autoComplete="off"
        spellCheck="false"
        value={value.tenant}
        onChange={(tenant) => change({ tenant })}
      />
    </>
  );
}
