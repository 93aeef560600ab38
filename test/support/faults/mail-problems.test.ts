import type { InjectedFault } from '../../../local/cloud/faults/faults';
import type { MailItem } from '../../../shared/store/mail/mail-item';
import { unrecordedSends } from './mail-problems';

const ADDRESS = 'ada@example.com';
const at = (minute: number): string => new Date(Date.UTC(2026, 2, 1, 12, minute)).toISOString();

const mail = (more: Partial<MailItem>): MailItem =>
  ({
    ...{ domainId: 'D', userId: 'U', mailId: 'M', kind: 'license-key', to: ADDRESS },
    ...{
      changedAt: at(0),
      claimedAt: at(9),
      firstTriedAt: at(9),
      sentAt: at(9),
      status: 'sent',
      attempts: 1,
    },
    ...more,
  }) as MailItem;

const fault = (more: Partial<InjectedFault>): InjectedFault => ({
  ...{ kind: 'kill-after', operation: 'dynamodb:UpdateItem', function: 'MailOutboxHandler', about: '' },
  ...{ at: at(5), ...more },
});

describe('the emails that nobody knows of', () => {
  it.each<[string, number, MailItem, InjectedFault[]]>([
    ['none without a fault', 0, mail({ attempts: 3 }), []],
    ['none if the only attempt is recorded', 0, mail({}), [fault({})]],
    [
      'each earlier attempt, if a sender was killed as often',
      2,
      mail({ attempts: 3 }),
      [fault({}), fault({})],
    ],
    ['not more than there were kills', 1, mail({ attempts: 3 }), [fault({})]],
    ['all attempts of a superseded email', 1, superseded(), [fault({}), fault({})]],
    ['none of a superseded email that was never tried', 0, superseded({ attempts: 0 }), [fault({})]],
    ['none if the kill came before the change', 0, mail({ attempts: 2, changedAt: at(6) }), [fault({})]],
    ['none if the kill came after the send', 0, mail({ attempts: 2 }), [fault({ at: at(10) })]],
    ['none if another function was killed', 0, mail({ attempts: 2 }), [fault({ function: 'Sweeper' })]],
    ['one if a kill names it', 1, mail({ attempts: 2 }), [fault({ function: 'Users', about: 'D#MAIL U#M' })]],
    ['one if a sender was killed during another email', 1, mail({ attempts: 2 }), [killed()]],
    ['each lost response of SES', 1, mail({}), [lost()]],
    ['no lost response about another address', 0, mail({}), [lost('grace@example.com')]],
  ])('are %s: %i', (_, expected, item, injected) => {
    expect(unrecordedSends(ADDRESS, [item], injected)).toBe(expected);
  });

  it('are counted for each email to the address', () => {
    const items = [mail({ attempts: 2 }), superseded({ mailId: 'N' })];
    expect(unrecordedSends(ADDRESS, items, [fault({})])).toBe(2);
  });
});

function superseded(more: Partial<MailItem> = {}): MailItem {
  return mail({ status: 'superseded', sentAt: undefined, supersededAt: at(8), ...more });
}

function killed(): InjectedFault {
  return fault({ operation: 'ses:SendEmail', about: 'grace@example.com' });
}

function lost(about = ADDRESS): InjectedFault {
  return fault({ kind: 'reset-after', operation: 'ses:SendEmail', about });
}
