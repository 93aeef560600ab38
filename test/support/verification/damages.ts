import { ADMINISTRATORS } from './administrator-damages';
import type { Damage } from './damage';
import { LICENSES } from './license-damages';
import { MAILS } from './mail-damages';
import { RESOURCES } from './resource-damages';
import { SETTINGS } from './setting-damages';

/** One damage for each problem that a verification can report, at least. */
export const DAMAGES: readonly Damage[] = [
  ...RESOURCES,
  ...LICENSES,
  ...MAILS,
  ...SETTINGS,
  ...ADMINISTRATORS,
];
