import type * as UsersModule from '../../shared/service/users/users';
import type * as LicenseAdminModule from '../../shared/service/licenses/license-admin';
import type * as TableModule from '../../shared/store/table/table';
import type * as CountsModule from '../../shared/store/domains/counts-write';
import type * as SeatsModule from '../../shared/store/licenses/seat-settings';
import type * as KeysModule from '../../shared/store/table/keys';
import type * as WorkModule from '../../shared/scim/work';
import type { Choices } from './choices';
import type { Product } from './product/product';
import { DOMAIN_ID, readDirectory } from './directory';
import type { World } from './world/world';

/** A request of a client or of an administrator. */
export interface Operation {
  readonly label: string;
  /** The user whom the request changes, if it exists. */
  readonly userId?: string;
  /** The state of the user that an accepted request leaves: active, inactive, or deleted. */
  readonly state?: UserState;
  readonly run: () => Promise<unknown>;
}

export type UserState = 'active' | 'inactive' | 'absent';

export interface OperationsOptions {
  /** The number of users. */
  readonly users: number;
  /** True if all users have the same address. */
  readonly sharesAddress: boolean;
  readonly maxSeats: number;
}

const REQUEST_MS = 25_000;
const ADMIN = { kind: 'admin', id: 'admin-1', name: 'Operator' } as const;

/** The requests that change users, licenses, and seats, by the services of the product. */
export class Operations {
  constructor(
    private readonly world: World,
    private readonly product: Product,
    private readonly options: OperationsOptions,
  ) {}

  /** Chooses a request that makes sense in the current state of the directory. */
  choose(choices: Choices): Operation {
    const at = choices.below(this.options.users);
    const userName = `user-${at}@example.com`;
    const user = readDirectory(this.world.table).find((each) => each.userName === userName);
    const kind = choices.below(21);
    if (kind === 20) return this.setMailPaused(choices.below(2) === 1);
    if (kind === 19 && this.options.maxSeats > 0)
      return this.setSeats(choices.below(this.options.maxSeats + 1));
    if (!user) return this.create(userName, kind < 15);
    if (kind < 6) return this.setActive(user.id, !user.isActive);
    if (kind < 8) return this.setActive(user.id, choices.below(2) === 0);
    if (kind < 12) return this.remove(user.id);
    if (kind < 14) return this.setAddress(user.id, choices.of(['one', 'other', undefined]));
    if (kind < 17) return this.administer('replaceKey', user.id);
    return this.administer('resendMail', user.id);
  }

  private create(userName: string, active: boolean): Operation {
    const emails = [{ value: this.addressOf(userName), primary: true }];
    return {
      label: `creates ${userName}${active ? '' : ' (inactive)'}`,
      run: () => this.users().create({ userName, active, emails }),
    };
  }

  private setActive(id: string, active: boolean): Operation {
    return {
      label: `${active ? 'activates' : 'deactivates'} ${id.slice(-4)}`,
      userId: id,
      state: active ? 'active' : 'inactive',
      run: () => this.patch(id, [{ op: 'replace', path: 'active', value: active }]),
    };
  }

  private setAddress(id: string, name: string | undefined): Operation {
    const value = name && `${name}@example.com`;
    const change = value ? { op: 'replace', value: [{ value, primary: true }] } : { op: 'remove' };
    return {
      label: `sets the address of ${id.slice(-4)} to ${value}`,
      userId: id,
      run: () => this.patch(id, [{ path: 'emails', ...change }]),
    };
  }

  private remove(id: string): Operation {
    return {
      ...{ label: `deletes ${id.slice(-4)}`, userId: id, state: 'absent' },
      run: () => this.users().delete(id),
    };
  }

  private administer(method: 'replaceKey' | 'resendMail', userId: string): Operation {
    const { openLicenseAdmin } = this.product.load<typeof LicenseAdminModule>(
      'shared/service/licenses/license-admin',
    );
    const deployment = {
      tableName: 'table',
      auditRetentionDays: 30,
      mailBudget: { minutesPerAddress: 10, emailsPerHour: 10_000 },
    } as Parameters<typeof openLicenseAdmin>[0];
    const now = () => new Date(this.world.scheduler.now);
    return {
      ...{ label: `${method} of ${userId.slice(-4)}`, userId },
      run: () => openLicenseAdmin(deployment, now)[method](DOMAIN_ID, userId, ADMIN),
    };
  }

  private setSeats(seats: number): Operation {
    const { withCounts, openCounts } = this.product.load<typeof CountsModule>(
      'shared/store/domains/counts-write',
    );
    const { seatSettingsWrites } = this.product.load<typeof SeatsModule>(
      'shared/store/licenses/seat-settings',
    );
    const table = this.table();
    const at = () => new Date(this.world.scheduler.now).toISOString();
    const write = async () =>
      table.transact(seatSettingsWrites(DOMAIN_ID, await openCounts(table, DOMAIN_ID), { seats }, at()));
    return { label: `sets ${seats} seats`, run: () => withCounts(table, DOMAIN_ID, write) };
  }

  /** Pauses the emails of the domain, or resumes them. */
  setMailPaused(mailPaused: boolean): Operation {
    const { domainKey } = this.product.load<typeof KeysModule>('shared/store/table/keys');
    return {
      label: `${mailPaused ? 'pauses' : 'resumes'} emails`,
      run: () => this.table().update(domainKey(DOMAIN_ID), { set: { mailPaused } }),
    };
  }

  private patch(id: string, Operations: object[]): Promise<unknown> {
    return this.users().patch(id, { Operations } as never);
  }

  private addressOf(userName: string): string {
    return this.options.sharesAddress ? 'shared@example.com' : userName;
  }

  private table(): TableModule.Table {
    return this.product.load<typeof TableModule>('shared/store/table/table').openTable();
  }

  private users(): UsersModule.Users {
    const { Users, readUserSettings } = this.product.load<typeof UsersModule>('shared/service/users/users');
    const { WorkBudget } = this.product.load<typeof WorkModule>('shared/scim/work');
    return new Users(this.table(), readUserSettings(), {
      domainId: DOMAIN_ID,
      actor: { kind: 'scimKey', keyId: 'key-1', keyName: 'Okta' },
      requestId: 'request-1',
      baseUrl: 'https://api.example.com/scim/v2',
      deadline: this.world.scheduler.now + REQUEST_MS,
      shows: () => false,
      work: new WorkBudget(),
    });
  }
}
