import {
  FieldError,
  Input,
  Label,
  Text,
  TextField as AriaTextField,
  type TextFieldProps,
} from 'react-aria-components';

interface Props extends Omit<TextFieldProps, 'className' | 'children'> {
  readonly label: string;
  readonly description?: string;
  readonly placeholder?: string;
  readonly min?: string | number;
  readonly max?: string | number;
}

export function TextField({ label, description, placeholder, min, max, ...props }: Props) {
  return (
    <AriaTextField {...props} className="field">
      <Label className="field-label">{label}</Label>
      <Input className="input" placeholder={placeholder} min={min} max={max} />
      {description && (
        <Text slot="description" className="field-description">
          {description}
        </Text>
      )}
      <FieldError className="field-error" />
    </AriaTextField>
  );
}
