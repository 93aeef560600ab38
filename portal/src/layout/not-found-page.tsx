import { Link } from 'react-router';
import { CenteredPage } from './centered-page';

export function NotFoundPage() {
  return (
    <CenteredPage title="There is no such page">
      <p>The address may be mistyped, or what it showed is gone.</p>
      <Link className="button button-primary" to="/">
        Go to the start
      </Link>
    </CenteredPage>
  );
}
