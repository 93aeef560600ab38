import { CenteredPage } from './centered-page';

/** Shown where the page cannot even start. */
export function StartupErrorPage() {
  return (
    <CenteredPage title="The portal cannot start">
      <p>
        It could not read its settings, or may not keep any. Check your connection, and that the browser lets
        this site store data; then load the page again. If it stays like this, tell whoever runs the service
        that <code>/config.json</code> cannot be read.
      </p>
    </CenteredPage>
  );
}
