import { Link } from 'react-router';
import { CenteredPage } from './centered-page';
import { t } from './messages';

export function NotFoundPage() {
  return (
    <CenteredPage title={t('pageNotFound')}>
      <p>{t('addressWrongPageNoLonger')}</p>
      <Link className="button button-primary" to="/">
        {t('goToTheStartPage')}
      </Link>
    </CenteredPage>
  );
}
