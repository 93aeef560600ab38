import { CenteredPage } from './centered-page';

/** Shown if the page cannot start. */
export function StartupErrorPage() {
  return (
    <CenteredPage title="The portal cannot start">
      <p>
        The portal could not read its settings, or your browser does not allow this site to store data. Check
        your connection and your browser settings, then reload the page. If the error persists, tell the
        operator of the service that <code>/config.json</code> cannot be read.
      </p>
    </CenteredPage>
  );
}
