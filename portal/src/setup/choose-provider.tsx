import { SelectField } from '../components/controls/select-field';
import type { IdentityProvider } from '../api/schema';
import { IDENTITY_PROVIDERS } from '../format/connection';

interface ChooseProviderProps {
  readonly value: IdentityProvider;
  readonly onChange: (provider: IdentityProvider) => void;
}

export function ChooseProvider({ value, onChange }: ChooseProviderProps) {
  return (
    <SelectField
      label="Identity provider"
      description="The system in which you manage your users. You can connect a second one afterwards."
      options={IDENTITY_PROVIDERS}
      value={value}
      onChange={onChange}
    />
  );
}
