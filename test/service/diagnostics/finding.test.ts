import { readFileSync } from 'node:fs';
import path from 'node:path';
import { FINDING_CODES, type FindingDraft, toFindings } from '../../../shared/service/diagnostics/finding';

const finding = (
  code: FindingDraft['code'],
  severity: FindingDraft['severity'],
  more: Partial<FindingDraft> = {},
): FindingDraft => ({
  code,
  severity,
  found: 'Found.',
  action: 'Operator: act.',
  textIn: () => ({ found: 'Found.', action: 'Operator: act.' }),
  ...more,
});

describe('findings', () => {
  it('are listed with the most severe first', () => {
    const findings = [
      finding('attributes-ignored', 'info'),
      finding('licenses-pending', 'warning'),
      finding('seats-gone', 'error'),
      finding('key-missing', 'error'),
    ];
    expect(toFindings(findings, 'docs').map(({ code }) => code)).toEqual([
      'key-missing',
      'seats-gone',
      'licenses-pending',
      'attributes-ignored',
    ]);
  });

  it('have a link to their section', () => {
    const [first] = toFindings([finding('seats-gone', 'error')], 'https://docs.example.com/scim');
    expect(first?.link).toBe('https://docs.example.com/scim/readiness.md#seats-gone');
    const [onSite] = toFindings([finding('seats-gone', 'error')], 'https://docs.example.com/{page}.html');
    expect(onSite?.link).toBe('https://docs.example.com/readiness.html#seats-gone');
  });

  it('have no link if the documentation has no address', () => {
    const [first] = toFindings([finding('seats-gone', 'error')], 'docs');
    expect(first).not.toHaveProperty('link');
  });

  it('have at most twenty details, and no empty list', () => {
    const details = Array.from({ length: 30 }, (_, index) => ({ index }));
    const [many] = toFindings([finding('requests-refused', 'warning', { details })], 'docs');
    expect(many?.details).toEqual(details.slice(0, 20));
    const [none] = toFindings([finding('requests-refused', 'warning', { details: [] })], 'docs');
    expect(none).not.toHaveProperty('details');
  });

  it('have exactly the sections in the documentation', () => {
    const text = readFileSync(path.join(__dirname, '../../../docs/readiness.md'), 'utf8');
    const sections = [...text.matchAll(/^### (.+)$/gm)].map(([, title]) => title);
    expect(sections.sort()).toEqual([...FINDING_CODES].sort());
  });
});
