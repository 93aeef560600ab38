import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { scimProgram } from './cli/program';
import { reference } from './cli/reference';
import { processTerminal } from './cli/terminal';

const FILE = path.join(__dirname, '../docs/cli.md');

// Keeps the hand-written introduction and replaces the generated reference after it.
const [introduction] = readFileSync(FILE, 'utf8').split(/^## scim$/m, 1);
const program = scimProgram({ ...processTerminal(), env: {}, width: undefined });
writeFileSync(FILE, `${introduction}${reference(program)}`);
