import path from 'node:path';
import { bundleScim } from './cli/bundle';

const file = path.join('.local', 'scim.cjs');
void bundleScim(file).then(() => {
  console.log(
    `Written to ${file}. It needs only Node 22.12 or newer, or Node 20 from 20.19. ` +
      'Copy it to a directory in your PATH, such as /usr/local/bin/scim.',
  );
});
