import { SoakDomain } from './world';

const domain = new SoakDomain('D', 0, 'tag', { domainId: 'D', seats: 20, mailPaused: false });

it.each([
  ['seats', '20'],
  ['mailPaused', 'false'],
  ['seatPolicy', 'undefined'],
  ['mappings', '0'],
  ['connection a', 'no'],
  ['invitation a', 'no'],
])('the setting %s of a new domain is %s, also after a refused change', (name, value) => {
  expect([...domain.setting(name).allowed()]).toEqual([value]);
  expect(domain.setting(name)).toBe(domain.setting(name));
});
