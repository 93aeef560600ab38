import path from 'node:path';
import { bundleScim } from './cli/bundle';

const file = path.join('.local', 'scim.cjs');
void bundleScim(file).then(() => {
  console.log(`${file}: needs nothing but Node 20.15 or newer. Copy it, e.g. as /usr/local/bin/scim.`);
});
