import { StableValues } from '../../../bin/collection/stable-values';
import type { Session } from '../../../local/product/session';

const stable = () =>
  new StableValues({
    baseUrl: 'http://127.0.0.1:3000/scim/v2',
    portalUrl: 'http://127.0.0.1:3001',
    mailUrl: 'http://127.0.0.1:3002',
    adminUrl: 'http://127.0.0.1:3003/admin/v1',
    licenseCheckUrl: 'http://127.0.0.1:3004/license/v1/check',
  } as Session);
const ONE = '01a224e4-1326-741c-a7fb-22fcc866ab7e';
const OTHER = '01a224e4-150b-7778-bfd9-f7030c5a84ed';

it('replaces hosts, ids and times by values that are the same in each run', () => {
  const record = (id: string, port: number) =>
    new StableValues({
      baseUrl: `http://127.0.0.1:${port}/scim/v2`,
      portalUrl: 'http://p',
      mailUrl: 'http://m',
      adminUrl: 'http://a/admin/v1',
      licenseCheckUrl: 'http://l/license/v1/check',
    } as Session).text(
      `http://127.0.0.1:${port}/scim/v2/Users/${id} ${new Date().toISOString()}`,
      'users/get',
    );
  expect(record(ONE, 3000)).toBe(record(OTHER, 4000));
  expect(record(ONE, 3000)).toMatch(
    /^https:\/\/scim\.example\.com\/scim\/v2\/Users\/01990000-\S+ 2026-01-15T09:30:00\.000Z$/,
  );
});

it('replaces the hosts of the admin API and of the license check', () => {
  expect(
    stable().text('http://127.0.0.1:3003/admin/v1/events http://127.0.0.1:3004/license/v1/jwks', 'x'),
  ).toBe('https://admin.example.com/admin/v1/events https://license.example.com/license/v1/jwks');
});

it('keeps an id the same in all requests, and different ids different', () => {
  const values = stable();
  const first = values.text(ONE, 'users/create');
  expect(values.text(ONE, 'users/get')).toBe(first);
  expect(values.text(OTHER, 'users/create')).not.toBe(first);
});

it('derives an id from the request in which it first appears, not from its place in the run', () => {
  const other = stable();
  other.text(OTHER, 'users/inserted');
  expect(other.text(ONE, 'users/create')).toBe(stable().text(ONE, 'users/create'));
});

it('keeps times that a request contains', () => {
  expect(stable().text('2099-12-31T00:00:00.000Z', 'x')).toBe('2099-12-31T00:00:00.000Z');
});

it('replaces keys and tokens by placeholders', () => {
  const text = `scim_${ONE}_${OTHER}_4NCt5ImjPhDvdZYykNFMHxFWLIY0bY40 scim_admin_abcdefgh12 8CZ83-WBYPB-0M0CV-0YJGF-F82G9`;
  expect(stable().text(text, 'x')).toBe('scim_EXAMPLE scim_admin_EXAMPLE XXXXX-XXXXX-XXXXX-XXXXX-XXXXX');
});
