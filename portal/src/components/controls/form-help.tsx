import { DocsLink } from '../display/docs-link';
import { t } from './messages';

/** The link from a form to its help. `page` is that of a `DocsLink`. */
export const FormHelp = ({ page }: { readonly page: string }) => (
  <DocsLink page={page}>{t('helpOnThisForm')}</DocsLink>
);
