import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(__dirname, '../..');

/** Names that several files export on purpose, with the same meaning in each. */
const PARALLEL: Readonly<Record<string, string>> = {
  handler: 'the entry of each function',
  ok: 'a response of the SCIM API or of the admin API',
  attributeName: 'a phrase in each language',
  count: 'a phrase in each language',
  credentialText: 'a phrase in each language',
  sentBy: 'a phrase in each language',
  RETRY_WINDOW_MS: 'the delivery of emails and of events',
  RunEnd: 'the delivery of emails and of events',
  RunLease: 'the delivery of emails and of events',
  retryDelay: 'the delivery of emails and of events',
};

const EXPORT = /^export (?:async )?(?:function|class|const|interface|type) (\w+)/gm;

/** Returns the names that more than one file of the service exports. */
function namesOfSeveralFiles(): string[] {
  const found = new Map<string, Set<string>>();
  for (const folder of ['shared', 'lambdas'])
    for (const file of readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.ts')) continue;
      const source = readFileSync(path.join(ROOT, folder, file), 'utf8');
      for (const [, name = ''] of source.matchAll(EXPORT))
        found.set(name, (found.get(name) ?? new Set()).add(`${folder}/${file}`));
    }
  return [...found].filter(([, files]) => files.size > 1).map(([name]) => name);
}

it('an exported name has one meaning in the service', () => {
  expect(namesOfSeveralFiles().sort()).toEqual(Object.keys(PARALLEL).sort());
});
