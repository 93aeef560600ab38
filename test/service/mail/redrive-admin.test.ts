import { RedriveAdmin } from '../../../shared/service/mail/redrive-admin';
import type { RedriveResult } from '../../../shared/service/mail/mail-redrive';
import type { AuditEvent } from '../../../shared/store/audit/audit';

const ACTOR = { kind: 'admin', id: 'operator' } as const;
const RESULT: RedriveResult = { mails: 2, messages: 3, left: 1, finished: false };

describe('RedriveAdmin', () => {
  it('redrives until the deadline and audits the result', async () => {
    const redrive = jest.fn(() => Promise.resolve(RESULT));
    const events: AuditEvent[] = [];
    const admin = new RedriveAdmin(redrive, (event) => Promise.resolve(void events.push(event)));
    const from = { phase: 'mails', left: 1 } as const;
    expect(await admin.run(20_000, ACTOR, 'request-1', from)).toEqual(RESULT);
    expect(redrive).toHaveBeenCalledWith(20_000, from);
    expect(events).toEqual([
      expect.objectContaining({
        action: 'mail.redriven',
        requestId: 'request-1',
        actor: ACTOR,
        changes: [
          { attribute: 'mails', after: 2 },
          { attribute: 'messages', after: 3 },
        ],
      }),
    ]);
  });

  it('audits nothing if the redrive fails', async () => {
    const writeAudit = jest.fn(() => Promise.resolve());
    const admin = new RedriveAdmin(() => Promise.reject(new Error('busy')), writeAudit);
    await expect(admin.run(0, ACTOR, 'request-1')).rejects.toThrow('busy');
    expect(writeAudit).not.toHaveBeenCalled();
  });
});
