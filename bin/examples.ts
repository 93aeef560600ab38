/** What stands below the help of a command. */
export const examples = (...commands: readonly string[]): string =>
  `\nExamples:\n${commands.map((command) => `  $ npm run scim -- ${command}`).join('\n')}`;
