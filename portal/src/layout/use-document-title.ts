import { useContext, useEffect } from 'react';
import { AccessContext } from '../session/access';

/** Sets the document title to the page and its domain, so that browser tabs and history entries differ. */
export function useDocumentTitle(title: string): void {
  const domainName = useContext(AccessContext)?.domain.name;
  useEffect(() => {
    document.title = [title, domainName, 'Licenses'].filter(Boolean).join(' · ');
  }, [title, domainName]);
}
