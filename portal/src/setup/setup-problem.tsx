import { ApiProblem } from '../api/problem';
import { Notice } from '../components/display/notice';
import { t } from './messages';

/** Shows why a link or a code was refused. The general notice would tell readers to ask an owner or to go back. */
export function SetupProblem({ error }: { readonly error: unknown }) {
  const detail = error instanceof ApiProblem ? error.detail : t('somethingWentWrongPageReload');
  return (
    <Notice tone="bad" title={t('thatDidNotWork')} isAlert>
      <p>{detail}</p>
    </Notice>
  );
}
