import { SelectField } from '../components/controls/select-field';
import type { IdentityProvider } from '../api/schema';
import { IDENTITY_PROVIDERS } from '../format/connection';

/** The requirements at the identity provider. */
const REQUIREMENTS: Readonly<Record<IdentityProvider, string>> = {
  okta: 'You need to be an app administrator in Okta. You can connect a second identity provider afterwards.',
  'entra-id':
    'You need the Application Administrator role in Microsoft Entra ID. You can connect a second identity provider afterwards.',
  other: 'It must support SCIM 2.0. You can connect a second identity provider afterwards.',
};

interface ChooseProviderProps {
  readonly value: IdentityProvider;
  readonly onChange: (provider: IdentityProvider) => void;
}

export function ChooseProvider({ value, onChange }: ChooseProviderProps) {
  return (
    <SelectField
      label="Identity provider"
      description={REQUIREMENTS[value]}
      options={IDENTITY_PROVIDERS}
      value={value}
      onChange={onChange}
    />
  );
}
