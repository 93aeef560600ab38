import { SelectField } from '../components/controls/select-field';
import type { IdentityProvider } from '../api/schema';
import { IDENTITY_PROVIDERS } from '../format/connection';
import { t } from './messages';

/** The requirements at the identity provider. */
const REQUIREMENTS: Readonly<Record<IdentityProvider, string>> = {
  okta: t('needAppAdministratorOktaConnect'),
  'entra-id': t('needApplicationAdministratorRoleMicrosoft'),
  other: t('mustSupportScim20'),
};

interface ChooseProviderProps {
  readonly value: IdentityProvider;
  readonly onChange: (provider: IdentityProvider) => void;
}

export function ChooseProvider({ value, onChange }: ChooseProviderProps) {
  return (
    <SelectField
      label={t('identityProvider')}
      description={REQUIREMENTS[value]}
      options={IDENTITY_PROVIDERS}
      value={value}
      onChange={onChange}
    />
  );
}
