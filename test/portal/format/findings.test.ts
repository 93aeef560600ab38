import { findingLabel } from '../../../portal/src/format/findings';
import { FINDING_CODES } from '../../../shared/service/diagnostics/finding';

const words = (code: string) => code.charAt(0).toUpperCase() + code.slice(1).replaceAll('-', ' ');

describe('a finding', () => {
  it.each(FINDING_CODES)('%s has its own title', (code) => {
    const { title } = findingLabel(code);
    expect(title).toMatch(/^[A-Z].* .*[a-z]$/);
    expect(title).not.toBe(words(code));
  });

  it('about manually managed users links to them', () => {
    expect(findingLabel('users-managed-by-hand').link?.path).toBe('users?managed=administrator');
  });

  it('with an unknown code has its code as title', () => {
    expect(findingLabel('moon-full')).toEqual({ title: 'Moon full' });
  });

  it.each(FINDING_CODES.filter((code) => code.startsWith('key-')))('%s links to the connections', (code) => {
    expect(findingLabel(code).link?.path).toBe('settings/scim');
  });
});
