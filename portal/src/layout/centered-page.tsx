import type { ReactNode } from 'react';
import { Logo } from './logo';
import { useDocumentTitle } from './use-document-title';

/** A page with a single card. */
export function CenteredPage({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  useDocumentTitle(title);
  return (
    <main className="centered" id="main">
      <div className="centered-card">
        <Logo />
        <h1 tabIndex={-1}>{title}</h1>
        {children}
      </div>
    </main>
  );
}
