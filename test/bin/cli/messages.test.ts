import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { scimProgram } from '../../../bin/cli/program';
import { problemOf, QUIET } from './command-lines';

const FOLDER = path.join(__dirname, '../../../bin/cli');
const NAMES = scimProgram(QUIET).commands.map((command) => command.name());

/** Returns the texts in a source file, with the placeholder `<x>` for each expression. */
function textsIn(source: string): string[] {
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) texts.push(node.text);
    if (ts.isTemplateExpression(node))
      texts.push([node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('<x>'));
    node.forEachChild(visit);
  };
  visit(ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest));
  return texts;
}

/**
 * Returns the commands that a source file names: in code spans, after `scim`, and as arguments of
 * `commandLine`.
 */
function commandsIn(source: string): string[] {
  const spans = textsIn(source).flatMap((text) => [
    ...[...text.matchAll(/`(?:scim )?([^`]+)`/g)].map(([, span = '']) => span),
    ...[...text.matchAll(/: scim ([^`.]+)$/g)].map(([, rest = '']) => rest),
  ]);
  const lines = [...source.matchAll(/commandLine\(\s*(`[^`]*`|'[^']*')/g)].flatMap(([, text = '']) =>
    textsIn(text),
  );
  return [...spans.filter((span) => NAMES.includes(span.split(' ')[0] ?? '')), ...lines];
}

it('commandsIn finds the commands in messages', () => {
  const source = `
    fail('Use \`webhook add-secret\` and \`scim secret list\`, or \`npm start\`. See: scim mapping list <domainId>');
    note(\`End it with \\\`\${cli.commandLine(\`secret drop \${name}\`)}\\\`, or \\\`domain show\\\`.\`);`;
  expect(commandsIn(source)).toEqual([
    'webhook add-secret',
    'secret list',
    'mapping list <domainId>',
    'domain show',
    'secret drop <x>',
  ]);
});

const FILES = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.ts'),
);

it('the messages of the CLI name only existing commands', async () => {
  const commands = FILES.flatMap((file) => commandsIn(readFileSync(path.join(FOLDER, file), 'utf8')));
  expect(commands.length).toBeGreaterThan(20);
  const problems = await Promise.all(commands.map(problemOf));
  expect(problems.filter((problem) => problem !== undefined)).toEqual([]);
});
