import { catalog } from '../../i18n/catalog';
import { de } from './de';
import { en } from './en';

export const { Message, t } = catalog('administrators', en, de);
