import { TextAreaField } from '../components/controls/text-area-field';
import { TextField } from '../components/controls/text-field';
import { tenantOfIssuer } from '../format/connection';
import { t } from './messages';

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
        label={t('name')}
        description={t('nameTrustListsAuditLog')}
        maxLength={100}
        value={value.name}
        onChange={(name) => change({ name })}
      />
      <TextField
        {...shared}
        label={t('issuer')}
        description={t('entraIdCallsTokenIssuer')}
        value={value.issuer}
        onChange={changeIssuer}
      />
      <TextField
        {...shared}
        label={t('jwksUrl')}
        description={t('addressIssuersPublicKeysEntra')}
        type="url"
        value={value.jwksUrl}
        onChange={(jwksUrl) => change({ jwksUrl })}
      />
      <TextField
        {...shared}
        label={t('subject')}
        description={t('subAssertionEntraIdObject')}
        value={value.subject}
        onChange={(subject) => change({ subject })}
      />
      <TextAreaField
        {...shared}
        label={t('audiences')}
        description={t('onePerLineUpFive')}
        rows={2}
        value={value.audiences}
        onChange={(audiences) => change({ audiences })}
      />
      <TextField
        label={t('tenantOptional')}
        description={t('directoryTenantIdEntraId')}
        autoComplete="off"
        spellCheck="false"
        value={value.tenant}
        onChange={(tenant) => change({ tenant })}
      />
    </>
  );
}
