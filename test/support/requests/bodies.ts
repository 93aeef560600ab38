import { randomUUID } from 'node:crypto';
import { PATCH_OP, USER_SCHEMA } from '../../../shared/scim/urns';

/** A name of a user that no other test has, and an address that reaches nobody. */
export const uniqueName = (start = 'user'): string => `${start}-${randomUUID().slice(0, 13)}@example.com`;

/** The least that makes a user; the license goes to the name. */
export const userBody = (userName: string = uniqueName(), more: object = {}): { userName: string } => ({
  ...{ schemas: [USER_SCHEMA], emails: [{ value: userName, type: 'work', primary: true }] },
  userName,
  ...more,
});

export interface Operation {
  readonly op: string;
  readonly path?: string;
  readonly value?: unknown;
}

export const patchBody = (...Operations: Operation[]): object => ({ schemas: [PATCH_OP], Operations });

export const replaceBody = (path: string, value: unknown): object =>
  patchBody({ op: 'replace', path, value });
