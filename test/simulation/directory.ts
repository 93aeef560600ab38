import type { MemoryTable } from './table/memory-table';
import type { StoredItem } from './table/values';

/** The domain of the simulation. */
export const DOMAIN_ID = '01900000-0000-7000-8000-000000000001';

/** A user as the table holds it. */
export interface StoredUser {
  readonly id: string;
  readonly userName: string;
  readonly isActive: boolean;
}

/** A license as the table holds it. */
export interface StoredLicense {
  readonly userId: string;
  readonly status: string;
  readonly changeId?: string;
  readonly activationId?: string;
  readonly userName?: string;
  readonly email?: string;
}

/** An entry of the history of a license. */
export interface StoredMail {
  readonly userId: string;
  readonly mailId: string;
  readonly changeId?: string;
  readonly kind: string;
  readonly status: string;
  readonly activationId?: string;
}

export const userOf = (item: StoredItem): StoredUser => {
  const data = item.data?.M ?? {};
  const isActive = data.active?.BOOL ?? false;
  return { id: item.sk?.S ?? '', userName: data.userName?.S ?? '', isActive };
};

export const licenseOf = (item: StoredItem): StoredLicense => ({
  userId: item.sk?.S ?? '',
  status: item.status?.S ?? '',
  changeId: item.changeId?.S,
  activationId: item.activationId?.S,
  userName: item.userName?.S,
  email: item.email?.S,
});

const mailOf = (item: StoredItem): StoredMail => {
  const [userId = '', mailId = ''] = (item.sk?.S ?? '').split('#');
  return {
    ...{ userId, mailId, changeId: item.changeId?.S, activationId: item.activationId?.S },
    kind: item.kind?.S ?? '',
    status: item.status?.S ?? '',
  };
};

export const readDirectory = (table: MemoryTable): StoredUser[] =>
  [...table.items.partition(`${DOMAIN_ID}#USER`)].map(userOf);

export const readLicenses = (table: MemoryTable): StoredLicense[] =>
  [...table.items.partition(`${DOMAIN_ID}#LICENSE`)].map(licenseOf);

export const readMails = (table: MemoryTable): StoredMail[] =>
  [...table.items.partition(`${DOMAIN_ID}#MAIL`)].map(mailOf);
