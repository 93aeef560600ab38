import type { ReactNode } from 'react';

/** A list of names and their values. */
export function DescriptionList({ items }: { readonly items: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="description-list">
      {items.map(([name, value]) => (
        <div key={name} className="description-item">
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
