import type { ReactNode } from 'react';
import { useDocumentTitle } from './use-document-title';

interface PageHeaderProps {
  readonly title: string;
  readonly aside?: ReactNode;
  readonly description?: ReactNode;
  readonly actions?: ReactNode;
}

/** The header with the page's only `h1`, which is also the title of the document. */
export function PageHeader({ title, aside, description, actions }: PageHeaderProps) {
  useDocumentTitle(title);
  return (
    <header className="page-header">
      <div className="page-heading">
        <div className="page-title">
          <h1 tabIndex={-1}>{title}</h1>
          {aside}
        </div>
        {description && <p>{description}</p>}
      </div>
      {actions && <div className="page-actions">{actions}</div>}
    </header>
  );
}
