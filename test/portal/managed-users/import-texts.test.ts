import { detailsText, licenseText } from '../../../portal/src/managed-users/import-texts';

const ROW = { row: 2, userName: 'ada', outcome: 'change' } as const;

it('the details of a row say whether the user is active', () => {
  expect(detailsText({ ...ROW, fields: ['active', 'title'], active: false })).toBe('Active: no, Job title');
  expect(detailsText({ ...ROW, fields: ['title', 'active'], active: true })).toBe('Job title, Active: yes');
});

it('the details of a refused row are the reason', () => {
  expect(detailsText({ ...ROW, outcome: 'error', detail: 'The userName is empty.' })).toBe(
    'The userName is empty.',
  );
});

it.each([
  ['starts', 'Starts', 'Started'],
  ['waits', 'Waits for a seat', 'Waits for a seat'],
  ['ends', 'Ends', 'Ended'],
  [undefined, '', ''],
] as const)('the license of a row that %s', (license, before, after) => {
  expect([licenseText(license, false), licenseText(license, true)]).toEqual([before, after]);
});
