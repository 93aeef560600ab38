import type { Request } from '../../../portal/src/api/schema';
import {
  clientName,
  durationText,
  requestLine,
  similarText,
  statusText,
  statusTone,
} from '../../../portal/src/format/request';
import { periodOf, showOptions, toRequestFilter } from '../../../portal/src/format/filters/request-filter';

const request = (more: Partial<Request> = {}): Request => ({
  id: 'id',
  at: '2026-03-01T12:00:00Z',
  outcome: 'accepted',
  method: 'GET',
  path: '/Users',
  status: 200,
  credential: { id: 'key' },
  connectionId: 'key',
  similarRequests: 0,
  ...more,
});
const refused = (status: number, more: Partial<Request> = {}) =>
  request({ outcome: 'refused', status, ...more });

test('a request line has the query, if there is one', () => {
  expect(requestLine(request())).toBe('GET /Users');
  expect(requestLine(request({ query: 'filter=active eq true' }))).toBe('GET /Users?filter=active eq true');
});

test.each([
  [request(), '200', 'good'],
  [refused(409), '409', 'bad'],
  [refused(503), '503', 'bad'],
  [refused(429), '429', 'warning'],
  [refused(200, { operations: 10, failedOperations: 3 }), '200, 3 of 10 failed', 'warning'],
] as const)('the status of %j is %s (%s)', (shown, text, tone) => {
  expect([statusText(shown), statusTone(shown)]).toEqual([text, tone]);
});

test('a client has the name of its product', () => {
  expect(clientName(request({ client: 'entra-id' }))).toBe('Microsoft Entra ID');
  expect(clientName(request({ client: 'other' }))).toBe('Unknown client');
  expect(clientName(request())).toBe('Unknown client');
});

test.each([
  [undefined, '–'],
  [12, '12 ms'],
  [1_234, '1.2 s'],
])('the duration %p is %s', (milliseconds, text) => {
  expect(durationText(milliseconds)).toBe(text);
});

test('the number of similar requests is shown if there are any', () => {
  expect([0, 1, 7].map((similarRequests) => similarText(request({ similarRequests })))).toEqual([
    undefined,
    'and 1 similar request before it',
    'and 7 similar requests before it',
  ]);
});

test.each([
  ['all', {}],
  ['refused', { outcome: 'refused' }],
  ['409', { status: '409' }],
  ['999', {}],
  ['<script>', {}],
])('the selection %s in the address is the filter %j', (show, filter) => {
  expect(toRequestFilter(show)).toEqual(filter);
});

test('a connection in the address is part of the filter', () => {
  expect(toRequestFilter('refused', 'c1')).toEqual({ outcome: 'refused', connectionId: 'c1' });
  expect(toRequestFilter('409', 'c1')).toEqual({ status: '409', connectionId: 'c1' });
  expect(toRequestFilter('all', 'c1')).toEqual({ connectionId: 'c1' });
});

test('the selections are the outcomes, and the statuses that occurred or are selected', () => {
  const statuses = [
    { status: 409, requests: 3 },
    { status: 200, requests: 9 },
  ];
  expect(Object.values(showOptions(statuses, '412'))).toEqual([
    'All requests',
    'Refused requests',
    'Accepted requests',
    'Status 200 (9)',
    'Status 409 (3)',
    'Status 412',
  ]);
});

test('an unknown period in the address is the last day', () => {
  expect([periodOf('week'), periodOf('toString'), periodOf(null)]).toEqual(['week', 'day', 'day']);
});
