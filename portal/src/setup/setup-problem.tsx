import { ApiProblem } from '../api/client/problem';
import { Notice } from '../components/display/notice';
import { ServiceText } from '../components/display/service-text';
import { t } from './messages';

/**
 * Shows why a link or a code was refused. The general notice would tell readers to ask an owner or to go
 * back.
 */
export function SetupProblem({ error }: { readonly error: unknown }) {
  return (
    <Notice tone="bad" title={t('thatDidNotWork')} isAlert>
      <p>
        {!(error instanceof ApiProblem) ? (
          t('somethingWentWrongPageReload')
        ) : error.isOwnText ? (
          error.detail
        ) : (
          <ServiceText>{error.detail}</ServiceText>
        )}
      </p>
    </Notice>
  );
}
