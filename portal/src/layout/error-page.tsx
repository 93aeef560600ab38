import { useEffect } from 'react';
import { useRouteError } from 'react-router';
import { Button } from '../components/controls/button';
import { CenteredPage } from './centered-page';

/** In place of a page that failed to be drawn: a defect of the portal. */
export function ErrorPage() {
  const error = useRouteError();
  useEffect(() => console.error(error), [error]);
  return (
    <CenteredPage title="This page cannot be shown">
      <p>
        Something went wrong in the portal itself. Load the page again. If it stays like this, tell whoever
        runs the service which page it was; what you saved is saved.
      </p>
      <Button variant="primary" onPress={() => window.location.reload()}>
        Load the page again
      </Button>
      <a href="/">Go to the start</a>
    </CenteredPage>
  );
}
