import { useId, useState } from 'react';
import { CopyButton } from '../components/controls/copy-button';
import { IconButton } from '../components/controls/icon-button';
import { t } from './messages';

interface SecretFieldProps {
  readonly label: string;
  readonly value: string;
  readonly noun: string;
  readonly description: string;
  /** Called after the user copied the secret, with the button or manually. */
  readonly onCopy: () => void;
}

const VISIBLE_CHARACTERS = 12;

/** Shows the beginning of the secret, and the complete secret on request. */
export function SecretField({ label, value, noun, description, onCopy }: SecretFieldProps) {
  const [revealed, setRevealed] = useState(false);
  const id = useId();
  const masked = value.slice(0, VISIBLE_CHARACTERS) + '•'.repeat(28);
  const shared = {
    id,
    className: 'input input-code',
    readOnly: true,
    spellCheck: false,
    'aria-describedby': `${id}-description`,
  };
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <div className="field-row">
        <div className="input-with-button">
          {revealed ? (
            <textarea
              {...shared}
              rows={5}
              value={value}
              onFocus={(event) => event.currentTarget.select()}
              onCopy={onCopy}
            />
          ) : (
            <input {...shared} value={masked} />
          )}
          <IconButton
            icon={revealed ? 'eyeOff' : 'eye'}
            label={revealed ? t('hideNoun', { noun }) : t('revealNoun', { noun })}
            onPress={() => setRevealed(!revealed)}
          />
        </div>
        <CopyButton text={value} noun={noun} onCopy={onCopy} />
      </div>
      <p className="field-description" id={`${id}-description`}>
        {description}
      </p>
    </div>
  );
}
