import type { ApiProblem } from '../../api/client/problem';
import { t } from './messages';

const TITLES: Readonly<Record<number, string>> = {
  400: t('problem.400'),
  401: t('problem.401'),
  403: t('problem.403'),
  404: t('problem.404'),
  405: t('problem.405'),
  409: t('problem.409'),
  413: t('problem.413'),
  415: t('problem.415'),
  429: t('problem.429'),
  500: t('problem.500'),
  503: t('problem.503'),
};

/** Returns the title of a problem in the language of the page. The service gives each status one title. */
export const problemTitle = ({ status, title, isOwnText }: ApiProblem): string =>
  isOwnText ? title : (TITLES[status] ?? title);
