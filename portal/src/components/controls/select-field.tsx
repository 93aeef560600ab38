import {
  Button,
  type Key,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select,
  SelectValue,
  Text,
} from 'react-aria-components';
import { Icon } from '../display/icon';

interface SelectFieldProps<T extends string> {
  readonly label: string;
  readonly description?: string;
  readonly isDisabled?: boolean;
  /** The label of each value. */
  readonly options: Readonly<Record<T, string>>;
  readonly value: T;
  readonly onChange: (value: T) => void;
}

export function SelectField<T extends string>(props: SelectFieldProps<T>) {
  const { label, description, isDisabled, options, value, onChange } = props;
  return (
    <Select
      className="field"
      isDisabled={isDisabled}
      selectedKey={value}
      onSelectionChange={(key: Key | null) => key !== null && onChange(key as T)}
    >
      <Label className="field-label">{label}</Label>
      <Button className="input select-button">
        <SelectValue />
        <Icon name="chevronDown" />
      </Button>
      {description && (
        <Text slot="description" className="field-description">
          {description}
        </Text>
      )}
      <Popover className="popover">
        <ListBox className="list-box">
          {Object.entries<string>(options).map(([key, text]) => (
            <ListBoxItem key={key} id={key} textValue={text} className="list-item">
              {text}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </Select>
  );
}
