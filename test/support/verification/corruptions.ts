import { ADMINISTRATORS } from './administrator-corruptions';
import type { Corruption } from './corruption';
import { LICENSES } from './license-corruptions';
import { MAILS } from './mail-corruptions';
import { RESOURCES } from './resource-corruptions';
import { SETTINGS } from './setting-corruptions';

/** One corruption for each problem that a verification can report, at least. */
export const CORRUPTIONS: readonly Corruption[] = [
  ...RESOURCES,
  ...LICENSES,
  ...MAILS,
  ...SETTINGS,
  ...ADMINISTRATORS,
];
