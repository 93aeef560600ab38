import { sourceText, targetText } from '../api/mapping-text';
import type { MappingSource, MappingTarget } from '../api/schema';
import { visible } from './visible';

/** Describes the users that a mapping matches, with a capital letter. */
export const sourceTitle = (from: MappingSource): string => capitalized(visible(sourceText(from)));

/** Describes what a mapping gives its users, with a capital letter. */
export const targetTitle = (to: MappingTarget): string => capitalized(visible(targetText(to)));

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
