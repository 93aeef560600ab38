import { CenteredPage } from './centered-page';
import { Message, t } from './messages';

/** Shown if the page cannot start. */
export function StartupErrorPage() {
  return (
    <CenteredPage title={t('thePortalCannotStart')}>
      <p>
        <Message id="portalCouldNotReadSettings" />
      </p>
    </CenteredPage>
  );
}
