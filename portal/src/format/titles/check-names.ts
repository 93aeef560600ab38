import { toSentenceCase } from '../labels';
import { t } from './messages';

const NAMES: Readonly<Record<string, string>> = {
  trust: t('check.trust'),
  format: t('check.format'),
  algorithm: t('check.algorithm'),
  header: t('check.header'),
  issuer: t('check.issuer'),
  subject: t('check.subject'),
  audience: t('check.audience'),
  tenant: t('check.tenant'),
  expiry: t('check.expiry'),
  'not-before': t('check.not-before'),
  'issued-at': t('check.issued-at'),
  'token-id': t('check.token-id'),
  key: t('check.key'),
  signature: t('check.signature'),
  replay: t('check.replay'),
};

/** Returns the title of a check of an assertion. An unknown name becomes the title itself. */
export const checkTitle = (name: string): string => NAMES[name] ?? toSentenceCase(name);
