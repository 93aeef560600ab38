import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export interface EditedTemplate {
  readonly Resources: Record<string, { readonly Type: string; readonly Properties: Record<string, unknown> }>;
}

/** Copies a cloud assembly with edited templates. The copy shares the bundles and other assets. */
export function copyAssembly(
  from: string,
  to: string,
  edit: (stack: string, template: EditedTemplate) => void,
): void {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from)) {
    const source = path.join(from, name);
    const [, stack] = /^(\w+)\.template\.json$/.exec(name) ?? [];
    if (stack === undefined) symlinkSync(source, path.join(to, name));
    else {
      const template = JSON.parse(readFileSync(source, 'utf8')) as EditedTemplate;
      edit(stack, template);
      writeFileSync(path.join(to, name), JSON.stringify(template));
    }
  }
}
