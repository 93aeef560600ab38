import { useContext, useEffect } from 'react';
import { AccessContext } from '../session/access';

/** Names the document, so that tabs and the history can be told apart: the page, then the domain if it belongs to one. */
export function useDocumentTitle(title: string): void {
  const domainName = useContext(AccessContext)?.domain.name;
  useEffect(() => {
    document.title = [title, domainName, 'Licenses'].filter(Boolean).join(' · ');
  }, [title, domainName]);
}
