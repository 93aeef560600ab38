import { useEffect } from 'react';
import { useRouteError } from 'react-router';
import { Button } from '../components/controls/button';
import { CenteredPage } from './centered-page';

/** Replaces a page that failed to render because of a bug in the portal. */
export function ErrorPage() {
  const error = useRouteError();
  useEffect(() => console.error(error), [error]);
  return (
    <CenteredPage title="This page cannot be shown">
      <p>
        This is a bug in the portal. Your saved changes are safe. Reload the page. If the error persists, tell
        the operator of the service which page it was.
      </p>
      <Button variant="primary" onPress={() => window.location.reload()}>
        Reload the page
      </Button>
      <a href="/">Go to the start page</a>
    </CenteredPage>
  );
}
