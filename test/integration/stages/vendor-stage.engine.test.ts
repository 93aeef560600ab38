// The first import, because it says which product the others see.
import { VENDOR_STAGE } from '../../support/stages/vendor-environment';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { STATE_DIRECTORY_VARIABLE, systemAssembly } from '../../support/jest/start-system';
import { userBody, uniqueName } from '../../support/requests/bodies';
import { PRODUCT_NAMES, PRODUCT_USER_SCHEMA } from '../../support/scim/product';
import { type RunningStage, startStage } from '../../support/stages/running-stage';
import { synthesizeStage } from '../../support/stages/stage-assembly';
import { waitForMail } from '../../support/system/mails';
import { createDomainClient } from '../../support/system/system';
import { runConversations } from '../../support/versions/scenario';

let directory: string;
let running: RunningStage;

beforeAll(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'vendor-'));
  const assembly = synthesizeStage(VENDOR_STAGE, systemAssembly());
  const flags = ['--no-synth', '--assembly', assembly, '--index-lag', '0', '--no-control-plane-limits'];
  const state = path.join(directory, 'state');
  running = await startStage(VENDOR_STAGE, state, flags);
  process.env[STATE_DIRECTORY_VARIABLE] = state;
});
afterAll(async () => {
  await running.stop();
  rmSync(directory, { recursive: true });
});

it('the conversations of identity providers work with the names of another vendor', async () => {
  expect(PRODUCT_NAMES).toMatchObject({ userTypeAttribute: 'edition', userType: 'Publisher' });
  // `npm run test:vendor` replays all of them, and runs the collection.
  const names = ['entra user', 'entra user types', 'RFC 7643 §8.1, minimal user'];
  const results = await runConversations(names, ['idp', 'rfc7643']);
  expect(results).toEqual(Object.fromEntries(names.map((name) => [name, null])));
});

it('emails and license checks name the types of another vendor, and unknown attributes stay unknown', async () => {
  const domain = await createDomainClient();
  const userName = uniqueName();
  const extension = { edition: 'publisher', costPool: 'R&D', languages: ['danish', 'Latin'], shelf: 7 };
  const created = await domain.request(
    'POST',
    '/Users',
    userBody(userName, { [PRODUCT_USER_SCHEMA]: extension }),
  );
  expect(created).toMatchObject({
    status: 201,
    body: {
      [PRODUCT_USER_SCHEMA]: { edition: 'Publisher', costPool: 'R&D', languages: ['Danish'] },
    },
  });
  const [mail] = await waitForMail(userName);
  expect(mail?.body.text).toContain('License type: Publisher');
  const [key = ''] = /([0-9A-Z]{5}-){4}[0-9A-Z]{5}/.exec(mail?.body.text ?? '') ?? [];
  const checked = await fetch(running.session.licenseCheckUrl, { headers: { 'license-key': key } });
  expect(await checked.json()).toMatchObject({ status: 'active', userType: 'Publisher' });

  const filter = encodeURIComponent(`${PRODUCT_USER_SCHEMA}:languages eq "danish" and edition ne "Reader"`);
  const found = await domain.request('GET', `/Users?filter=${filter}`);
  expect(found.body).toMatchObject({ totalResults: 1, Resources: [{ userName }] });
  const readiness = (await domain.request('GET', '/readiness')).body as {
    findings: { code: string; details?: { attribute: string }[] }[];
  };
  const ignored = readiness.findings.find(({ code }) => code === 'attributes-ignored')?.details ?? [];
  expect(new Set(ignored.map(({ attribute }) => attribute))).toEqual(
    new Set([`${PRODUCT_USER_SCHEMA}:languages`, `${PRODUCT_USER_SCHEMA}:shelf`]),
  );
});
