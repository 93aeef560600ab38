import { FieldError, Label, Text, TextArea, TextField, type TextFieldProps } from 'react-aria-components';

interface Props extends Omit<TextFieldProps, 'className' | 'children'> {
  readonly label: string;
  readonly description?: string;
  readonly rows?: number;
}

/** A field for several lines of text. */
export function TextAreaField({ label, description, rows = 3, ...props }: Props) {
  return (
    <TextField {...props} className="field">
      <Label className="field-label">{label}</Label>
      <TextArea className="input input-code input-lines" rows={rows} spellCheck={false} />
      {description && (
        <Text slot="description" className="field-description">
          {description}
        </Text>
      )}
      <FieldError className="field-error" />
    </TextField>
  );
}
