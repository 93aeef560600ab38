import { Button, Input, Label, SearchField as AriaSearchField, Text } from 'react-aria-components';
import { Icon } from '../display/icon';

interface SearchFieldProps {
  readonly label: string;
  readonly description?: string;
  readonly placeholder: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

export function SearchField({ label, description, placeholder, value, onChange }: SearchFieldProps) {
  return (
    <AriaSearchField className="field search-field" value={value} onChange={onChange}>
      <Label className="visually-hidden">{label}</Label>
      <div className="search-box">
        <Icon name="search" />
        <Input className="input" placeholder={placeholder} />
        <Button className="icon-button">
          <Icon name="close" />
        </Button>
      </div>
      {description && (
        <Text slot="description" className="field-description">
          {description}
        </Text>
      )}
    </AriaSearchField>
  );
}
