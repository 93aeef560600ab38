import { useId, useState } from 'react';
import { CopyButton } from './copy-button';
import { IconButton } from './icon-button';

interface SecretFieldProps {
  readonly label: string;
  readonly value: string;
  readonly what: string;
}

const SHOWN_CHARACTERS = 12;

/** Shows how the secret begins, and the whole of it on request. */
export function SecretField({ label, value, what }: SecretFieldProps) {
  const [revealed, setRevealed] = useState(false);
  const id = useId();
  const masked = value.slice(0, SHOWN_CHARACTERS) + '•'.repeat(28);
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <div className="field-row">
        <div className="input-with-button">
          {revealed ? (
            <textarea
              id={id}
              className="input input-code"
              readOnly
              rows={5}
              value={value}
              spellCheck={false}
              onFocus={(event) => event.currentTarget.select()}
            />
          ) : (
            <input id={id} className="input input-code" readOnly value={masked} spellCheck={false} />
          )}
          <IconButton
            icon={revealed ? 'eyeOff' : 'eye'}
            label={revealed ? `Hide the ${what}` : `Reveal the ${what}`}
            onPress={() => setRevealed(!revealed)}
          />
        </div>
        <CopyButton text={value} what={what} />
      </div>
    </div>
  );
}
