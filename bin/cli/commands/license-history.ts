import type { LicenseEvent } from '../../../portal/src/api/schema';
import { type Column, formatTime } from '../columns';
import { actorText } from '../actor-text';

/** The columns of a license's history. */
export const HISTORY: readonly Column<LicenseEvent>[] = [
  ['When', ({ at }) => formatTime(at)],
  ['Event', ({ what, reason }) => reason ?? what],
  ['Actor', ({ by }) => by && actorText(by)],
  ['Email', ({ mail }) => mail?.status],
  ['To', ({ mail }) => mail?.to],
  ['Detail', ({ mail }) => mail?.detail],
];
