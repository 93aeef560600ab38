import { type ReactNode, useEffect } from 'react';
import { Logo } from './logo';

/** A page with one thing on it. */
export function CentredPage({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Licenses`;
  }, [title]);
  return (
    <main className="centred" id="main">
      <div className="centred-card">
        <Logo />
        <h1>{title}</h1>
        {children}
      </div>
    </main>
  );
}
