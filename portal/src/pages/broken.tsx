import { CentredPage } from '../components/centred-page';

/** Shown where the page cannot even start. */
export function Broken() {
  return (
    <CentredPage title="The portal cannot start">
      <p>
        It could not read its settings. Check your connection and load the page again. If it stays like this,
        tell whoever runs the service that <code>/config.json</code> is missing.
      </p>
    </CentredPage>
  );
}
