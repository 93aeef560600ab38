import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import facts from '../../package.json';
import { badgesOf, renderBadge } from '../badges/badge';

const OUTPUT = path.join(__dirname, '../../docs/images/badges');

/** `npm run docs:badges`: writes the badges of the README from package.json. */
mkdirSync(OUTPUT, { recursive: true });
for (const badge of badgesOf(facts))
  writeFileSync(path.join(OUTPUT, `${badge.file}.svg`), renderBadge(badge));
