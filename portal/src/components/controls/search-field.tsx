import { useState } from 'react';
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
  const [text, change] = useTypedText(value, onChange);
  return (
    <AriaSearchField className="field search-field" value={text} onChange={change}>
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

/**
 * Returns the text of a field whose value is in the address of the page, and a function that changes it. The
 * address changes in a transition: a key that is pressed before its end would replace the previous one.
 */
function useTypedText(value: string, onChange: (value: string) => void) {
  const [text, setText] = useState(value);
  const [known, setKnown] = useState(value);
  const [sent, setSent] = useState<readonly string[]>([]);
  if (value !== known) {
    const at = sent.lastIndexOf(value);
    setKnown(value);
    setSent(at < 0 ? [] : sent.slice(at + 1));
    // Not typed here, such as by "Back".
    if (at < 0) setText(value);
  }
  const change = (typed: string) => {
    setText(typed);
    setSent([...sent, typed]);
    onChange(typed);
  };
  return [text, change] as const;
}
