import type { ReactNode } from 'react';
import { Logo } from './logo';
import { useTitle } from './use-document-title';

/** A page with one thing on it. */
export function CentredPage({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  useTitle(title);
  return (
    <main className="centred" id="main">
      <div className="centred-card">
        <Logo />
        <h1 tabIndex={-1}>{title}</h1>
        {children}
      </div>
    </main>
  );
}
