import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { synthesize } from './synthesize';

const DOCS = path.join(__dirname, '../../docs');
const textOf = (file: string) => readFileSync(path.join(DOCS, file), 'utf8').replace(/\s+/g, ' ');

/**
 * The outputs that a document names, each with its stack: "the output `a` of `ScimApi`", "the `b` that
 * `ScimApi` prints".
 */
const named = readdirSync(DOCS)
  .filter((file) => file.endsWith('.md'))
  .flatMap((file) =>
    [...textOf(file).matchAll(/output `(\w+)` of `(Scim\w+)`|`(\w+)` that `(Scim\w+)` prints/g)].map(
      ([, output, stack, printed, printer]) =>
        [file, output ?? printed ?? '', stack ?? printer ?? ''] as const,
    ),
  );

const CERTIFICATE = 'arn:aws:acm:us-east-1:000000000000:certificate/00000000-0000-0000-0000-000000000000';
const CUSTOM_DOMAINS = {
  domainName: 'scim.example.com',
  certificateArn: CERTIFICATE,
  portalDomainName: 'licenses.example.com',
  portalCertificateArn: CERTIFICATE,
};

test.each(named)('%s: the output %s of %s exists', (_, output, stack) => {
  const templates = synthesize(CUSTOM_DOMAINS) as Readonly<
    Record<string, { toJSON: () => { Outputs?: Readonly<Record<string, unknown>> } }>
  >;
  expect(Object.keys(templates[stack]?.toJSON().Outputs ?? {})).toContain(output);
});

test('the documents name the outputs that the first deployment needs', () => {
  const outputs = new Set(named.map(([, output]) => output));
  expect([...outputs]).toEqual(
    expect.arrayContaining([
      'baseUrl',
      'portalUrl',
      'licenseCheckUrl',
      'CustomDomainTarget',
      'PortalDomainTarget',
    ]),
  );
});
