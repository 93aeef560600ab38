import { cursorOf } from '../../../../../shared/http/admin/paging';
import type { AdminRequest } from '../../../../../shared/http/admin/request';
import { mailRoutes } from '../../../../../shared/http/admin/routes/mail/mail-routes';
import type { RedrivePosition, RedriveResult } from '../../../../../shared/service/mail/mail-redrive';
import type { RedriveAdmin } from '../../../../../shared/service/mail/redrive-admin';

const ID = '01990000-0000-7000-8000-000000000001';
const POSITION: RedrivePosition = {
  phase: 'changes',
  left: 1,
  waiting: 2,
  spans: [[1_772_366_000, 1_772_366_400]],
  receivedAt: 1_772_366_400_000,
  search: { after: ID, open: [{ domainId: ID, after: ID }, { domainId: ID }] },
};
const RESULT: RedriveResult = { mails: 1, messages: 2, left: 3, finished: false, next: POSITION };

const redrive = jest.fn((..._: unknown[]) => Promise.resolve(RESULT));
const [route] = mailRoutes({ run: redrive } as unknown as RedriveAdmin);

const send = async (cursor?: string) =>
  route?.handle({
    query: { cursor },
    receivedAt: 5,
    requestId: 'request-1',
    actor: { kind: 'admin', id: 'operator' },
  } as unknown as AdminRequest);

it('a redrive continues where the previous response says', async () => {
  const first = await send();
  expect(redrive.mock.lastCall).toEqual([20_005, expect.anything(), 'request-1', undefined]);
  const { next, ...others } = first?.body as { next: string };
  expect(others).toEqual({ mails: 1, messages: 2, left: 3, finished: false });
  await send(next);
  expect(redrive.mock.lastCall?.[3]).toEqual(POSITION);
  await send(cursorOf({ phase: 'mails', left: 0 }));
  expect(redrive.mock.lastCall?.[3]).toEqual({ phase: 'mails', left: 0 });
});

it('the largest cursor fits in a URL', () => {
  const open = Array.from({ length: 10 }, () => ({ domainId: ID, after: ID }));
  const spans = Array.from({ length: 50 }, () => [1_772_366_000, 1_772_366_400] as const);
  expect(cursorOf({ ...POSITION, spans, search: { after: ID, open } }).length).toBeLessThan(4_000);
});

it.each<[string, unknown]>([
  ['a list', ID],
  ['another phase', { ...POSITION, phase: 'others' }],
  ['no spans', { ...POSITION, spans: [] }],
  ['too many spans', { ...POSITION, spans: Array.from({ length: 51 }, () => [1, 2]) }],
  ['a time that no calendar has', { ...POSITION, spans: [[1, 1e15]] }],
  [
    'too many open domains',
    { ...POSITION, search: { open: Array.from({ length: 11 }, () => ({ domainId: ID })) } },
  ],
  ['a domain that is no id', { ...POSITION, search: { after: 'x', open: [] } }],
  ['another member', { ...POSITION, more: true }],
])('a cursor with %s is refused, with what to do', async (_, position) => {
  redrive.mockClear();
  await expect(send(cursorOf(position))).rejects.toMatchObject({
    status: 400,
    detail: expect.stringContaining('no cursor to start again') as string,
  });
  expect(redrive).not.toHaveBeenCalled();
});
