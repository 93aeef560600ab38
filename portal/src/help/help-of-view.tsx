import { useLocation } from 'react-router';
import { t } from './messages';
import { helpOfView } from './view-help';

/**
 * The link to the help page about the current view, in a new tab, because it would close what the view shows
 * once.
 */
export function HelpOfView() {
  const { pathname } = useLocation();
  return (
    <a className="top-bar-link" href={helpOfView(pathname)} target="_blank" rel="noreferrer">
      {t('help')}
      <span className="visually-hidden"> {t('opensInANewTab')}</span>
    </a>
  );
}
