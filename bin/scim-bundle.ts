import path from 'node:path';
import { bundleScim } from './cli/bundle';

const file = path.join('.local', 'scim.cjs');
void bundleScim(file).then(() => {
  console.log(
    `Written to ${file}. It needs only Node 22.12 or newer, or 20.19 or newer of version 20. ` +
      'Copy it to a directory in your PATH, such as /usr/local/bin/scim.',
  );
});
