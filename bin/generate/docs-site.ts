import path from 'node:path';
import { buildSite } from '../site/build';

const ROOT = path.join(__dirname, '../..');
const OUTPUT = path.join('.local', 'docs-site');

buildSite(ROOT, path.join(ROOT, OUTPUT))
  .then((pages) =>
    console.log(`${pages} pages. Open ${path.join(OUTPUT, 'index.html')} through a web server.`),
  )
  .catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  });
