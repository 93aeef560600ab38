import { SETTINGS, type SettingName } from './definitions';

/** The settings that earlier versions had, and their names now. */
const RENAMED: Readonly<Record<string, SettingName>> = { colour: 'color' };

/** Returns a problem for each given value that is not a setting. */
export const unknownSettings = (given: Readonly<Record<string, unknown>>): string[] =>
  Object.keys(given)
    .filter((key) => !Object.hasOwn(SETTINGS, key))
    .map((key) =>
      Object.hasOwn(RENAMED, key)
        ? `${key}: this setting is now called ${RENAMED[key]}. Rename it in the settings file.`
        : `${key}: this setting does not exist. The settings are ${Object.keys(SETTINGS).join(', ')}.`,
    );
