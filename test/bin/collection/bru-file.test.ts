import { type Example, parseBruFile, parseExamples, withExamples } from '../../../bin/collection/bru-file';

const REQUEST = `meta {
  name: Create a user
  type: http
  seq: 1
}

post {
  url: {{scimUrl}}/Users?attributes=userName
  body: json
  auth: inherit
}

headers {
  content-type: application/scim+json
}

body:json {
  {
    "userName": "ada"
  }
}

assert {
  res.status: eq 201
}
`;

const EXAMPLE: Example = {
  name: 'Created',
  description: 'A user.',
  request: {
    url: '{{scimUrl}}/Users?attributes=userName',
    method: 'post',
    headers: [{ name: 'content-type', value: 'application/scim+json' }],
    body: { mode: 'json', json: '{\n  "userName": "ada"\n}' },
  },
  response: {
    status: 201,
    statusText: 'Created',
    headers: [{ name: 'etag', value: 'W/"1"' }],
    body: { type: 'json', content: '{\n  "userName": "ada"\n}' },
  },
};

it('reads the examples that it writes', () => {
  expect(parseExamples(withExamples(REQUEST, [EXAMPLE, EXAMPLE]))).toMatchObject([EXAMPLE, EXAMPLE]);
});

it('keeps the request as it was written, and replaces the examples', () => {
  const once = withExamples(REQUEST, [EXAMPLE]);
  expect(once.startsWith(REQUEST)).toBe(true);
  expect(withExamples(withExamples(REQUEST, [EXAMPLE, EXAMPLE]), [EXAMPLE])).toBe(once);
});

it('records again over a conflict that a merge left in the examples', () => {
  const once = withExamples(REQUEST, [EXAMPLE]);
  for (const line of ['example {', '  name: Created']) {
    const conflict = once.replace(line, `<<<<<<< ours\n${line}\n=======\n${line}\n>>>>>>> theirs`);
    expect(withExamples(conflict, [EXAMPLE])).toBe(once);
    expect(parseBruFile(conflict)).toEqual(parseBruFile(REQUEST));
  }
});

it('reads whether a request shows a success', () => {
  expect(parseBruFile(REQUEST)).toMatchObject({ showsSuccess: true, bodyMode: 'json', seq: 1 });
  expect(parseBruFile(REQUEST.replace('eq 201', 'eq 404')).showsSuccess).toBe(false);
  expect(parseBruFile(REQUEST.replace('eq 201', 'in 200, 204')).showsSuccess).toBe(true);
});
