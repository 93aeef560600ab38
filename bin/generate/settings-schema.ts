import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { JSON_SCHEMA_FILE, settingsJsonSchema } from '../../lib/settings/json-schema';
import { SETTINGS_DIRECTORY } from '../../lib/settings/settings-file';

writeFileSync(
  path.join(SETTINGS_DIRECTORY, JSON_SCHEMA_FILE),
  `${JSON.stringify(settingsJsonSchema(), undefined, 2)}\n`,
);
