import { join } from 'node:path';
import { program } from 'commander';
import type { Use } from './cloud/iam/usage';
import { JsonFile } from './host/json-file';
import { grantText, reportUsage, USAGE_FILE } from './product/iam-usage';

interface Flags {
  readonly assembly: string;
  readonly state: string;
}

program
  .name('npm run iam:usage --')
  .description('Compares the permissions of the functions with what they used in a local system.')
  .option('--state <directory>', 'directory of the data of the system', '.local')
  .option('--assembly <directory>', 'directory of the cloud assembly', 'cdk.out');

const { assembly, state } = program.parse().opts<Flags>();
const uses = new JsonFile<readonly Use[]>(join(state, USAGE_FILE)).read();
if (uses) print(uses);
else {
  console.error(`There is no ${join(state, USAGE_FILE)}. Start a system with: npm start`);
  process.exitCode = 1;
}

function print(all: readonly Use[]): void {
  const { unused } = reportUsage(assembly, all);
  const lines = all.map(
    ({ refused, ...use }) => `${refused === undefined ? 'used' : 'refused'}    ${grantText(use)}`,
  );
  for (const line of lines.sort()) console.log(line);
  for (const line of unused.map(grantText).sort()) console.log(`unused  ${line}`);
}
