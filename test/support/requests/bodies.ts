import { randomUUID } from 'node:crypto';
import { PATCH_OP, USER_SCHEMA } from '../../../shared/scim/urns';

/** Returns a unique user name, which is also an email address of a reserved domain. */
export const uniqueName = (start = 'user'): string => `${start}-${randomUUID().slice(0, 13)}@example.com`;

/** Returns a minimal user. The license is sent to the `userName`. */
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
