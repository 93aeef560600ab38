import { useEffect } from 'react';
import { useRouteError } from 'react-router';
import { Button } from '../components/controls/button';
import { CenteredPage } from './centered-page';
import { t } from './messages';

/** Replaces a page that failed to render because of a bug in the portal. */
export function ErrorPage() {
  const error = useRouteError();
  useEffect(() => console.error(error), [error]);
  return (
    <CenteredPage title={t('thisPageCannotBeShown')}>
      <p>{t('bugPortalSavedChangesSafe')}</p>
      <Button variant="primary" onPress={() => window.location.reload()}>
        {t('reloadThePage')}
      </Button>
      <a href="/">{t('goToTheStartPage')}</a>
    </CenteredPage>
  );
}
