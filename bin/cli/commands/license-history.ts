import type { LicenseEvent } from '../../../portal/src/api/schema';
import { type Column, instant } from '../columns';
import { actorText } from './actor';

/** What happened to a license. */
export const HISTORY: readonly Column<LicenseEvent>[] = [
  ['When', ({ at }) => instant(at)],
  ['What', ({ what, reason }) => reason ?? what],
  ['By', ({ by }) => by && actorText(by)],
  ['Mail', ({ mail }) => mail?.status],
  ['To', ({ mail }) => mail?.to],
  ['Detail', ({ mail }) => mail?.detail],
];
