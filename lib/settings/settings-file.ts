import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { DEFAULT_STAGE, isStageName, LOCAL_STAGE, STAGE_NAME_RULE } from '../../shared/stage';

/** The directory of the settings files, relative to the root of the project. */
const DIRECTORY_NAME = 'settings';
export const SETTINGS_DIRECTORY = path.join(__dirname, '../..', DIRECTORY_NAME);

/** The key by which editors find the schema of a settings file. */
const SCHEMA_KEY = '$schema';

/** The settings of one stage as its file states them. */
export interface StageSettings {
  readonly stage: string;
  /** The path of the file, relative to the root of the project. */
  readonly file: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** The settings of a stage cannot be read. */
export class SettingsFileError extends Error {}

/**
 * Reads `<directory>/<stage>.json`. Without a stage, takes `default` if it has a file, and otherwise `local`.
 * Throws a `SettingsFileError` that says what to change.
 */
export function readStageSettings(stage: unknown, directory: string): StageSettings {
  const name = stage === undefined ? stageWithoutName(directory) : stage;
  if (typeof name !== 'string' || !isStageName(name))
    throw new SettingsFileError(`stage: given ${JSON.stringify(name)}, expected ${STAGE_NAME_RULE}.`);
  const file = path.join(DIRECTORY_NAME, `${name}.json`);
  const location = path.join(directory, `${name}.json`);
  if (!existsSync(location)) {
    throw new SettingsFileError(
      `stage: ${file} does not exist. Create it, or choose one of the stages that have a file: ` +
        `${stagesIn(directory).join(', ')}.`,
    );
  }
  return { stage: name, file, values: parse(file, readFileSync(location, 'utf8')) };
}

const stageWithoutName = (directory: string): string =>
  existsSync(path.join(directory, `${DEFAULT_STAGE}.json`)) ? DEFAULT_STAGE : LOCAL_STAGE;

/** Returns the stages that have a file. */
function stagesIn(directory: string): string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .filter((file) => file.endsWith('.json'))
    .map((file) => path.basename(file, '.json'))
    .filter(isStageName)
    .sort();
}

function parse(file: string, text: string): Record<string, unknown> {
  const value = parseJson(file, text);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new SettingsFileError(`${file}: expected one JSON object with the settings of the stage.`);
  const { [SCHEMA_KEY]: _, ...settings } = value as Record<string, unknown>;
  return settings;
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new SettingsFileError(`${file}: is not valid JSON: ${(error as Error).message}.`);
  }
}
