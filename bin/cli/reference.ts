import type { Command } from 'commander';

/** Returns Markdown with a section for each noun and command that contains its help text. */
export function reference(program: Command): string {
  const sections = [program, ...program.commands.flatMap((noun) => [noun, ...noun.commands])];
  return sections.map(section).join('\n');
}

function section(command: Command): string {
  const name = nameOf(command);
  const level = '#'.repeat(Math.min(name.split(' ').length + 1, 3));
  let help = '';
  // Only the first section lists the global options.
  command.configureHelp({ ...command.configureHelp(), showGlobalOptions: false });
  command.configureOutput({ writeOut: (text) => (help += text) });
  command.outputHelp();
  return `${level} ${name}\n\n\`\`\`text\n${help.trim()}\n\`\`\`\n`;
}

/** Returns the full name of a command, including its parents. */
const nameOf = (command: Command): string =>
  command.parent ? `${nameOf(command.parent)} ${command.name()}` : command.name();
