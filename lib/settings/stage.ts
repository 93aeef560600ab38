/** The stage of a deployment that an earlier version made, without a stage. Its resources keep their names. */
export const DEFAULT_STAGE = 'default';

/** The stage of this machine and of the tests. */
export const LOCAL_STAGE = 'local';

const MAX_LENGTH = 20;

/** Cognito refuses these words in the prefix of a domain, which contains the stage. */
const RESERVED_WORDS = /aws|amazon|cognito/;

/** The form of a stage's name, for errors. */
export const STAGE_NAME_RULE =
  `1 to ${MAX_LENGTH} lowercase letters, digits and single hyphens, beginning with a letter, ` +
  'without the words aws, amazon and cognito';

/** Returns whether a text can name a stage. The names of stacks, parameters and other resources contain it. */
export const isStageName = (text: string): boolean =>
  text.length <= MAX_LENGTH && /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(text) && !RESERVED_WORDS.test(text);
