/**
 * The stage of a deployment that an earlier version made, without a stage. Its resources keep their names.
 */
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

/**
 * Returns whether a text can name a stage. The names of stacks, parameters and other resources contain it.
 */
export const isStageName = (text: string): boolean =>
  text.length <= MAX_LENGTH && /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(text) && !RESERVED_WORDS.test(text);

/** The tags of everything that belongs to a stage, also of what the service itself creates at run time. */
export const stageTags = (stage: string): Record<'application' | 'stage', string> => ({
  application: 'scim-provisioning',
  stage,
});

/**
 * The stages whose resources have the names of versions without stages. Neither needs the names of the other.
 */
const UNNAMED: readonly string[] = [DEFAULT_STAGE, LOCAL_STAGE];

/** Returns whether a stage may have resources of a version without stages. */
export const mayBeOlder = (stage: string): boolean => UNNAMED.includes(stage);

/** Returns a name that is unique to the stage in its account and region, such as `scim-admin-prod`. */
export const stageName = (name: string, stage: string): string =>
  mayBeOlder(stage) ? name : `${name}-${stage}`;

/** Returns a path that is unique to the stage, such as `ScimProvisioning/prod`. */
export const stagePath = (path: string, stage: string): string =>
  mayBeOlder(stage) ? path : `${path}/${stage}`;
