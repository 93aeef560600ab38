import type { Attributes } from '../resource';
import { SIMULATED_SUFFIX } from '../simulated-suffix';
import { foldName } from './fold';

/**
 * Returns whether a name belongs to a connection test. Spellings that differ only in case, width, or
 * invisible characters have the suffix, too, because they are the same name.
 */
export const isSimulatedName = (name: unknown): boolean =>
  typeof name === 'string' && foldName(name).endsWith(SIMULATED_SUFFIX);

/**
 * Returns whether a user or a group belongs to a connection test. It has no license, no email, and no events.
 */
export const isSimulated = ({ userName, displayName }: Attributes, kind: 'USER' | 'GROUP'): boolean =>
  isSimulatedName(kind === 'USER' ? userName : displayName);
