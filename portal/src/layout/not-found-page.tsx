import { Link } from 'react-router';
import { CentredPage } from './centered-page';

export function NotFound() {
  return (
    <CentredPage title="There is no such page">
      <p>The address may be mistyped, or what it showed is gone.</p>
      <Link className="button button-primary" to="/">
        Go to the start
      </Link>
    </CentredPage>
  );
}
