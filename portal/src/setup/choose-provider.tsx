import { SelectField } from '../components/controls/select-field';
import { type Provider, PROVIDERS } from './provider';

interface ChooseProviderProps {
  readonly value: Provider;
  readonly onChange: (provider: Provider) => void;
}

export function ChooseProvider({ value, onChange }: ChooseProviderProps) {
  return (
    <SelectField
      label="Identity provider"
      description="The system in which you manage your users. You can connect a second one afterwards."
      options={PROVIDERS}
      value={value}
      onChange={onChange}
    />
  );
}
