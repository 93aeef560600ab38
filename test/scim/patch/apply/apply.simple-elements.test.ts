import { applyPatch } from '../../../../shared/scim/patch/apply';
import { parsePatch } from '../../../../shared/scim/patch/parse';
import type { Json } from '../../../../shared/scim/resource';
import { PATCH_OP } from '../../../../shared/scim/urns';
import { scimErrorOf } from '../../../support/scim/scim-fixtures';
import { TAGS_SCHEMA, taggedUserType } from '../../../support/scim/tagged-user';

/** Returns the attributes of the extension, and the ignored paths, after an operation on these attributes. */
function patch(before: Record<string, Json>, operation: object) {
  const ignored: string[] = [];
  const attributes = { userName: 'ada', ...(Object.keys(before).length > 0 && { [TAGS_SCHEMA]: before }) };
  const operations = parsePatch({ schemas: [PATCH_OP], Operations: [operation] });
  const after = applyPatch(taggedUserType, attributes, operations, {
    onIgnored: (name) => ignored.push(name),
  });
  return { after: after[TAGS_SCHEMA] ?? {}, ignored };
}

const tags = ['red', 'green', 'blue'];

describe('applyPatch: a value path on a simple multi-valued attribute', () => {
  it.each<[behavior: string, before: Record<string, Json>, operation: object, after: object]>([
    [
      'remove removes the selected element',
      { tags },
      { op: 'remove', path: `${TAGS_SCHEMA}:tags[value eq "green"]` },
      { tags: ['red', 'blue'] },
    ],
    [
      'the name works without the URN, and .value names the element, too',
      { tags },
      { op: 'Remove', path: 'Tags[Value eq "GREEN"].VALUE' },
      { tags: ['red', 'blue'] },
    ],
    [
      'remove with any filter removes all selected elements',
      { tags },
      { op: 'remove', path: 'tags[value co "e" and not (value eq "red")]' },
      { tags: ['red'] },
    ],
    ['remove of the last element clears it', { tags: ['red'] }, { op: 'remove', path: 'tags[value pr]' }, {}],
    [
      'remove of an element that is missing changes nothing',
      { tags },
      { op: 'remove', path: 'tags[value eq "x"]' },
      { tags },
    ],
    [
      'replace replaces the selected element',
      { tags },
      { op: 'replace', path: 'tags[value eq "green"]', value: 'lime' },
      { tags: ['red', 'lime', 'blue'] },
    ],
    [
      'replace reads an object with a value',
      { tags },
      { op: 'replace', path: 'tags[value eq "green"].value', value: [{ $ref: null, value: 'lime' }] },
      { tags: ['red', 'lime', 'blue'] },
    ],
    [
      'replaced elements that become equal are merged',
      { tags },
      { op: 'replace', path: 'tags[value co "e"]', value: 'blue' },
      { tags: ['blue'] },
    ],
    [
      'replace with null removes the selected element',
      { tags },
      { op: 'replace', path: 'tags[value eq "green"]', value: null },
      { tags: ['red', 'blue'] },
    ],
    [
      'replace without a match appends the value',
      { tags },
      { op: 'replace', path: 'tags[value eq "x"]', value: 'y' },
      { tags: [...tags, 'y'] },
    ],
    [
      'add without a match appends it',
      {},
      { op: 'add', path: 'tags[value eq "x"]', value: 'x' },
      { tags: ['x'] },
    ],
    [
      'add replaces a single element',
      { tags },
      { op: 'add', path: 'tags[value eq "red"]', value: 'pink' },
      { tags: ['pink', 'green', 'blue'] },
    ],
    [
      'add of null changes nothing',
      { tags },
      { op: 'add', path: 'tags[value eq "red"]', value: null },
      { tags },
    ],
    [
      'numbers are compared as numbers',
      { desks: [7, 12] },
      { op: 'remove', path: 'desks[value gt 7]' },
      { desks: [7] },
    ],
    [
      'a key of a value without a path can have a filter',
      { tags },
      { op: 'replace', value: { 'tags[value eq "red"]': 'pink' } },
      { tags: ['pink', 'green', 'blue'] },
    ],
    [
      'a value gets its canonical spelling',
      { languages: ['German'] },
      { op: 'replace', path: 'languages[value eq "german"]', value: 'danish' },
      { languages: ['Danish'] },
    ],
  ])('%s', (_, before, operation, after) => {
    expect(patch(before, operation)).toEqual({ after, ignored: [] });
  });

  it.each<[behavior: string, operation: object, ignored: string[]]>([
    ['another sub-attribute', { op: 'add', path: 'tags[value eq "red"].type', value: 'x' }, ['tags.type']],
    [
      'an unknown term',
      { op: 'add', path: `${TAGS_SCHEMA}:tags[type eq "x"]`, value: 'y' },
      [`${TAGS_SCHEMA}:tags.type`],
    ],
    [
      'a value outside the canonical ones',
      { op: 'add', path: 'languages[value eq "Latin"]', value: 'Latin' },
      [`${TAGS_SCHEMA}:languages`],
    ],
    ['a single-valued attribute', { op: 'add', path: 'floor[value eq 1]', value: 2 }, ['floor']],
  ])('ignores and reports %s', (_, operation, ignored) => {
    expect(patch({ tags }, operation)).toEqual({ after: { tags }, ignored });
  });

  it.each<[behavior: string, operation: object, scimType: string, detail: RegExp]>([
    [
      'a filter that selects nothing and describes no element',
      { op: 'replace', path: 'tags[value sw "x"]', value: 'y' },
      'noTarget',
      /selects nothing/,
    ],
    [
      'several values for one element',
      { op: 'replace', path: 'tags[value eq "red"]', value: ['a', 'b'] },
      'invalidValue',
      /takes one value/,
    ],
    [
      'a value of another type',
      { op: 'add', path: 'desks[value eq 7]', value: 'x' },
      'invalidValue',
      /not a number/,
    ],
    [
      'an operator that does not fit',
      { op: 'remove', path: 'desks[value co "7"]' },
      'invalidFilter',
      /cannot|does not/,
    ],
  ])('refuses %s', (_, operation, scimType, detail) => {
    expect(scimErrorOf(() => patch({ tags, desks: [7] }, operation))).toMatchObject({
      status: 400,
      scimType,
      detail: expect.stringMatching(detail) as string,
    });
  });
});
