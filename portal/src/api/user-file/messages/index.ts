import { catalog } from '../../../i18n/catalog';
import { de } from './de';
import { en } from './en';

export const { t } = catalog('api/user-file', en, de);
