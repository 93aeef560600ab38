import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * Creates a directory of settings files from the settings of each stage. A text becomes the file as it is.
 */
export function settingsDirectory(stages: Readonly<Record<string, unknown>>): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'settings-'));
  for (const [stage, settings] of Object.entries(stages)) {
    const text = typeof settings === 'string' ? settings : JSON.stringify(settings);
    writeFileSync(path.join(directory, `${stage}.json`), text);
  }
  return directory;
}

/** The settings that every stage needs. */
export const REQUIRED_SETTINGS = {
  mailSender: 'keys@mail.acme.example',
  productName: 'Acme Observer',
  supportAddress: 'help@acme.example',
};
