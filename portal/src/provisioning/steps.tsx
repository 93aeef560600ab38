import type { ReactNode } from 'react';

export function Steps({ children }: { readonly children: ReactNode }) {
  return <ol className="steps">{children}</ol>;
}

export function Step({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <li className="step">
      <h2 className="step-title">{title}</h2>
      <div className="step-body">{children}</div>
    </li>
  );
}
