import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { transformSync } from 'esbuild';
import { globalsOf, packagesOf, type SimulatedWorld } from './surroundings';

const ROOT = path.join(__dirname, '..', '..', '..');
/** The compiled code of unchanged files. */
const compiled = new Map<string, string>();
const requirePackage = createRequire(__filename);

/** A change of one file of the product, for example one that reverts a fix. `find` occurs once in it. */
export interface SourceChange {
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

interface LoadedModule {
  exports: Record<string, unknown>;
}

type Evaluate = (
  module: LoadedModule,
  exports: object,
  require: (name: string) => unknown,
  ...globals: unknown[]
) => void;

/**
 * The code of `shared` and `lambdas`, loaded so that its clock, its timers, its random numbers, and the
 * clients of AWS are those of a simulated world. The files themselves are unchanged, unless `changes` says
 * otherwise.
 */
export class Product {
  private readonly modules = new Map<string, LoadedModule>();
  private readonly evaluators = new Map<string, Evaluate>();
  private readonly packages: ReadonlyMap<string, unknown>;
  private readonly globals: Readonly<Record<string, unknown>>;

  constructor(
    world: SimulatedWorld,
    private readonly changes: readonly SourceChange[] = [],
  ) {
    this.packages = packagesOf(world, requirePackage);
    this.globals = globalsOf(world);
    for (const { file } of changes) this.evaluator(path.join(ROOT, file));
  }

  /** Loads a file once. `file` is relative to the root of the project, and has no extension. */
  load<T>(file: string): T {
    return this.loadFile(path.join(ROOT, `${file}.ts`)).exports as T;
  }

  /** Evaluates a file anew, as a cold start does. The files that it imports are loaded once. */
  start<T>(file: string): T {
    return this.evaluate(path.join(ROOT, `${file}.ts`), { exports: {} }).exports as T;
  }

  private loadFile(file: string): LoadedModule {
    const known = this.modules.get(file);
    if (known) return known;
    const module: LoadedModule = { exports: {} };
    this.modules.set(file, module);
    return this.evaluate(file, module);
  }

  private evaluate(file: string, module: LoadedModule): LoadedModule {
    const require = (name: string): unknown =>
      name.startsWith('.')
        ? this.loadFile(fileOf(path.join(path.dirname(file), name))).exports
        : this.packages.has(name)
          ? this.packages.get(name)
          : requirePackage(name);
    this.evaluator(file)(module, module.exports, require, ...Object.values(this.globals));
    return module;
  }

  private evaluator(file: string): Evaluate {
    const known = this.evaluators.get(file);
    if (known) return known;
    const code = this.compile(file);
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the globals of a module are its parameters
    const evaluate = new Function(
      ...['module', 'exports', 'require', ...Object.keys(this.globals)],
      `${code}\n//# sourceURL=${file}`,
    ) as Evaluate;
    this.evaluators.set(file, evaluate);
    return evaluate;
  }

  private compile(file: string): string {
    const isChanged = this.changes.some((change) => path.join(ROOT, change.file) === file);
    const known = isChanged ? undefined : compiled.get(file);
    if (known !== undefined) return known;
    const { code } = transformSync(this.sourceOf(file), {
      ...{ loader: 'ts', format: 'cjs', target: 'node20', platform: 'node', sourcefile: file },
      supported: { 'dynamic-import': false },
    });
    if (!isChanged) compiled.set(file, code);
    return code;
  }

  private sourceOf(file: string): string {
    let source = readFileSync(file, 'utf8');
    for (const { file: changed, find, replace } of this.changes) {
      if (path.join(ROOT, changed) !== file) continue;
      if (source.split(find).length !== 2) throw new Error(`"${find}" does not occur once in ${changed}.`);
      source = source.replace(find, () => replace);
    }
    return source;
  }
}

function fileOf(name: string): string {
  const file = [`${name}.ts`, name].find((candidate) => existsSync(candidate));
  if (file === undefined) throw new Error(`There is no module ${name}.`);
  return file;
}
