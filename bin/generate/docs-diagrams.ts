import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { drawScreen } from '../diagrams/screen';
import { SCREENS } from '../diagrams/screens';

/** Draws the screens of the guides into `docs/images`. */
for (const [name, screen] of Object.entries(SCREENS))
  writeFileSync(path.join(__dirname, '../../docs/images', name), drawScreen(screen));
