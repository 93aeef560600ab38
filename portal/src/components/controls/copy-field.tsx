import { type ReactNode, useId } from 'react';
import { CopyButton } from './copy-button';

interface CopyFieldProps {
  readonly label: string;
  readonly value: string;
  /** Completes "Copy …". */
  readonly noun: string;
  readonly description?: ReactNode;
}

/** A read-only value with a copy button. */
export function CopyField({ label, value, noun, description }: CopyFieldProps) {
  const id = useId();
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <div className="field-row">
        <input
          id={id}
          className="input input-code"
          readOnly
          value={value}
          spellCheck={false}
          aria-describedby={description ? `${id}-description` : undefined}
          onFocus={(event) => event.currentTarget.select()}
        />
        <CopyButton text={value} noun={noun} />
      </div>
      {description && (
        <p className="field-description" id={`${id}-description`}>
          {description}
        </p>
      )}
    </div>
  );
}
