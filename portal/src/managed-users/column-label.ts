import { t } from './messages';

const LABELS: Readonly<Record<string, string>> = {
  userName: t('userName'),
  displayName: t('displayName'),
  givenName: t('givenName'),
  familyName: t('familyName'),
  email: t('emailAddress'),
  userType: t('userType'),
  active: t('active'),
  title: t('jobTitle'),
  department: t('department'),
  employeeNumber: t('employeeNumber'),
  preferredLanguage: t('preferredLanguage'),
  externalId: t('externalId'),
};

/** Returns the label of a column. Attributes of the product have their own names. */
export const columnLabel = (name: string): string => LABELS[name] ?? name;
