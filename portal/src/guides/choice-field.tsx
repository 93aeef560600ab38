import { Label, Radio, RadioGroup } from 'react-aria-components';

interface Choice {
  readonly title: string;
  readonly description: string;
}

interface ChoiceFieldProps<T extends string> {
  readonly label: string;
  readonly choices: Readonly<Record<T, Choice>>;
  readonly value: T;
  readonly onChange: (value: T) => void;
}

/** A choice of a few options, each with a description. */
export function ChoiceField<T extends string>({ label, choices, value, onChange }: ChoiceFieldProps<T>) {
  return (
    <RadioGroup className="field" value={value} onChange={(key) => onChange(key as T)}>
      <Label className="field-label">{label}</Label>
      <div className="choices">
        {Object.entries<Choice>(choices).map(([key, { title, description }]) => (
          <Radio key={key} value={key} className="choice">
            <span className="choice-mark" aria-hidden="true" />
            <span className="two-lines">
              <span className="choice-title">{title}</span>
              <span className="subtle">{description}</span>
            </span>
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
