import { GERMAN_PROBLEMS } from './german-problems';
import { GERMAN_STEPS } from './german-steps';

/**
 * The texts of the simulators in German, by their English texts. A text in `{braces}` is replaced by a value.
 */
export const GERMAN_TEXTS = { ...GERMAN_STEPS, ...GERMAN_PROBLEMS };
