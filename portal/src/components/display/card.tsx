import { type ReactNode, useId } from 'react';

interface CardProps {
  readonly title: ReactNode;
  /** Shown next to the title, such as a tag. */
  readonly aside?: ReactNode;
  readonly description?: ReactNode;
  /** Shown at the end of the title line. */
  readonly action?: ReactNode;
  readonly tone?: 'danger';
  readonly children?: ReactNode;
}

/** A section with a title. */
export function Card({ title, aside, description, action, tone, children }: CardProps) {
  const id = useId();
  return (
    <section className={tone ? `card card-${tone}` : 'card'} aria-labelledby={id}>
      <header className="card-header">
        <div className="card-title">
          <h2 id={id}>{title}</h2>
          {aside}
        </div>
        {action && <div className="card-action">{action}</div>}
        {description && <p className="card-description">{description}</p>}
      </header>
      {children}
    </section>
  );
}
