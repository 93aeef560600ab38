import { shapeOf } from '../../../bin/collection/shape';

const example = (response: object = {}) => ({
  name: 'OK',
  request: { url: '{{scimUrl}}', method: 'get', headers: [], body: { mode: 'none' } },
  response: {
    status: 200,
    statusText: 'OK',
    headers: [{ name: 'etag', value: 'W/"1"' }],
    body: { type: 'json', content: '{"id":"1","emails":[{"value":"a"},{"value":"b"}],"active":true}' },
    ...response,
  },
});
const json = (content: unknown) => ({ body: { type: 'json', content: JSON.stringify(content) } });
const body = { id: '1', emails: [{ value: 'a' }], active: true };

it('has the same shape with other values and another number of elements', () => {
  const headers = [{ name: 'etag', value: 'W/"7"' }];
  const other = { active: false, emails: [{ value: 'c' }], id: '2' };
  expect(shapeOf(example({ headers, ...json(other) }))).toEqual(shapeOf(example()));
});

it.each([
  ['another status', { status: 201 }],
  ['a missing header', { headers: [] }],
  ['a new header', { headers: [...example().response.headers, { name: 'location', value: '' }] }],
  ['no body', { body: undefined }],
  ['a missing member', json({ ...body, id: undefined })],
  ['a new member', json({ ...body, title: 'x' })],
  ['a member of another type', json({ ...body, active: 'true' })],
  ['null instead of a value', json({ ...body, id: null })],
  ['an empty list', json({ ...body, emails: [] })],
  ['an element of another shape', json({ ...body, emails: [{ value: 'a' }, { value: 'a', type: 'work' }] })],
])('has another shape with %s', (_, response) => {
  expect(shapeOf(example(response))).not.toEqual(shapeOf(example()));
});

it('compares each line of JSON Lines', () => {
  const lines = (content: string) => shapeOf(example({ body: { type: 'text', content } }));
  expect(lines('{"a":1}\n{"a":2}')).toEqual(lines('{"a":3}'));
  expect(lines('{"a":1}\n{"b":2}')).not.toEqual(lines('{"a":3}'));
});
