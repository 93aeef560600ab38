import { exampleReplacements, type HelpSettings, helpValues } from '../src/help/help-settings';

/** The deployment that documents describe by their examples. */
const EXAMPLE: HelpSettings = {
  public: true,
  scimBaseUrl: 'https://scim.example.com/scim/v2',
  licenseCheckUrl: 'https://scim.example.com/license/v1/check',
  userTypes: { names: [], default: '' },
  userExtension: { schema: '', userTypeAttribute: '' },
  ratePlans: {},
  keyGraceDays: 0,
  setupLinkDays: 0,
  accessTokenMinutes: 0,
};
const ORIGIN = 'https://scim.example.com';
const EXAMPLES = exampleReplacements({ productName: '', portalUrl: '', help: EXAMPLE }).map(
  ([example]) => example,
);
/** The longest examples come first, as in the replacements. */
const ANY_EXAMPLE = new RegExp(
  EXAMPLES.map((example) => example.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'),
  'g',
);

const markerOf = (name: string): string => `<<deployment:${name}>>`;

/** A text of a published file, with the values that documents mark. */
export interface MarkedText {
  /** Returns what stands in the place of `<!-- value:name -->text<!-- /value -->`. */
  readonly value: (name: string, text: string) => string;
  /** Returns the whole text with what stands in the place of examples. */
  readonly examples: (text: string) => string;
}

/** The texts of the documents, as they are. */
export const UNMARKED: MarkedText = { value: (_, text) => text, examples: (text) => text };

/** Texts with markers, which the deployment replaces by its values. */
export const MARKED: MarkedText = {
  value: markerOf,
  examples: (text) => text.replace(ANY_EXAMPLE, markerOf),
};

/**
 * Returns the values of a deployment by their markers. The values may be tokens of CDK, which are known only
 * during the deployment.
 */
export function markerValues(deployment: Parameters<typeof helpValues>[0]): Record<string, string> {
  const named = Object.entries(helpValues(deployment)).map(
    ([name, value]) => [markerOf(name), typeof value === 'string' ? value : joinCode(value)] as const,
  );
  // A pattern would not find the path in a URL whose parts are tokens.
  const origin = deployment.help.licenseCheckUrl.split('/', 3).join('/');
  const examples = exampleReplacements(deployment).map(
    ([example, value]) => [markerOf(example), example === ORIGIN ? origin : value] as const,
  );
  return Object.fromEntries([...named, ...examples]);
}

/** Returns names as an enumeration of code, as the help pages show them. */
function joinCode(names: readonly string[]): string {
  const all = names.map((name) => `\`${name}\``);
  return all.length <= 1 ? all.join('') : `${all.slice(0, -1).join(', ')} or ${all.at(-1)}`;
}
