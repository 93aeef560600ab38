import { TextField } from './text-field';

interface OptionalNumberFieldProps {
  readonly label: string;
  readonly description: string;
  readonly min: number;
  readonly max?: number;
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
}

/** A field for a number. An empty field is null. */
export function OptionalNumberField({ value, onChange, ...props }: OptionalNumberFieldProps) {
  return (
    <TextField
      {...props}
      type="number"
      value={value === null ? '' : String(value)}
      onChange={(text) => onChange(text === '' ? null : Number(text))}
    />
  );
}
