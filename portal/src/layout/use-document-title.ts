import { useContext, useEffect } from 'react';
import { AccessContext } from '../session/access';
import { t } from './messages';

/** Sets the document title to the page and its domain, so that browser tabs and history entries differ. */
export function useDocumentTitle(title: string): void {
  const domainName = useContext(AccessContext)?.domain.name;
  useEffect(() => {
    document.title = [title, domainName, t('licenses')].filter(Boolean).join(' · ');
  }, [title, domainName]);
}
