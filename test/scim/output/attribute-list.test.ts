import fc from 'fast-check';
import { parseAttributeList } from '../../../shared/scim/output/attribute-list';

it.each([
  ['userName', ['userName']],
  [' userName , title ', ['userName', 'title']],
  ['emails[type eq "work"]', ['emails']],
  ['emails[type eq "work"].value,title', ['emails.value', 'title']],
  ['title,emails[type eq "a,b" and value co "]"],name', ['title', 'emails', 'name']],
  ['emails[value eq "a\\"],b"],name', ['emails', 'name']],
  ['urn:a:b:User:manager[value eq "1"].displayName', ['urn:a:b:User:manager.displayName']],
  ['emails[type eq "work"', ['emails']],
  ['emails[type eq "work,name', ['emails']],
  ['emails]', ['emails]']],
  ['', ['']],
  [',', ['', '']],
])('parseAttributeList(%j) returns %j', (text, names) => expect(parseAttributeList(text)).toEqual(names));

it('splits a text without brackets at its commas', () =>
  fc.assert(
    fc.property(fc.string(), (text) => {
      fc.pre(!text.includes('['));
      expect(parseAttributeList(text)).toEqual(text.split(',').map((name) => name.trim()));
    }),
  ));
