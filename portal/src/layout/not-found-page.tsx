import { Link } from 'react-router';
import { CenteredPage } from './centered-page';

export function NotFoundPage() {
  return (
    <CenteredPage title="Page not found">
      <p>The address may be wrong, or the page may no longer exist.</p>
      <Link className="button button-primary" to="/">
        Go to the start page
      </Link>
    </CenteredPage>
  );
}
