import { strToU8, zipSync } from 'fflate';

const FOLDER = 'scim-collection';

/** A ZIP file contains the times of its files. One time for all makes equal downloads equal. */
const FILE_TIME = '2026-01-01T00:00:00';

/** The SCIM requests of the API collection, and those that delete what they create. */
const FILES = import.meta.glob<string>(
  [
    '../../../collection/bruno.json',
    '../../../collection/collection.bru',
    '../../../collection/scim/**/*.bru',
    '../../../collection/clean-up/*.bru',
  ],
  { query: '?raw', import: 'default', eager: true },
);

/** Bruno keeps the value of a secret variable out of the file. */
const environment = (baseUrl: string) => `vars {
  scimUrl: ${baseUrl}
}
vars:secret [
  scimKey
]
`;

const readme = (baseUrl: string) => `# SCIM requests

This collection for [Bruno](https://www.usebruno.com) contains every SCIM request of the service at ${baseUrl}.
Each request has recorded responses as examples: a success, and the usual errors.

The requests create, change, and delete three users and two groups. Each active user takes a seat. Emails go to a mailbox
simulator of Amazon SES. Use a SCIM key of a test domain.

## In the Bruno app

1. Choose _Open Collection_, and this folder.
2. Choose the environment _scim_, and _Configure_. Enter a SCIM key as the value of \`scimKey\`.
3. Send a request, or choose _Run_ to send all requests in order.

## On the command line

\`\`\`sh
npm install --global @usebruno/cli
bru run --env scim --env-var scimKey=<SCIM key>
\`\`\`

A run deletes everything that it creates, and waits when the rate plan of the domain is used up.
`;

/** Returns the collection as a ZIP file. The base URL is filled in, and there is no key. */
export function zipScimCollection(baseUrl: string): Blob {
  const files: Record<string, string> = {
    'README.md': readme(baseUrl),
    'environments/scim.bru': environment(baseUrl),
  };
  for (const [path, text] of Object.entries(FILES)) files[path.replace('../../../collection/', '')] = text;
  const zipped = Object.entries(files).map(([path, text]) => [`${FOLDER}/${path}`, strToU8(text)] as const);
  return new Blob([zipSync(Object.fromEntries(zipped), { mtime: FILE_TIME })], { type: 'application/zip' });
}
