import type { MetricId } from '../../../cloud/metrics/metric-store';
import { UserError } from '../../../host/user-error';

type Predicate = (metric: MetricId) => boolean;

const TOKEN = /\s*(\(|\)|=|"[^"]*"|[^\s()="]+)/y;

/**
 * Returns a predicate for the metrics that a search finds (CloudWatch User Guide, "Search expression syntax"):
 * `{Namespace,Dimension} MetricName="Errors" FunctionName=("a" OR "b") NOT text`.
 */
export function parseSearch(text: string): Predicate {
  const [, schema, rest = text] = /^\s*\{([^}]*)\}(.*)$/s.exec(text) ?? [];
  const [namespace, ...dimensions] = (schema ?? '')
    .split(',')
    .map((part) => part.trim().replace(/^"|"$/g, ''));
  const expected = dimensions.sort().join();
  const hasSchema: Predicate = (metric) =>
    schema === undefined ||
    (metric.namespace === namespace && Object.keys(metric.dimensions).sort().join() === expected);
  const terms = new Terms(text, tokensOf(rest)).parse();
  return (metric) => hasSchema(metric) && terms(metric);
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const [, token] = TOKEN.exec(text) ?? [];
    if (token === undefined) throw new UserError(`The search cannot be read: ${text}`);
    tokens.push(token);
  }
  return tokens;
}

class Terms {
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly tokens: readonly string[],
  ) {}

  parse(): Predicate {
    const predicate = this.any();
    if (this.at < this.tokens.length) this.fail();
    return predicate;
  }

  private any(key?: string): Predicate {
    const parts = [this.all(key)];
    while (this.take('OR')) parts.push(this.all(key));
    return (metric) => parts.some((matches) => matches(metric));
  }

  private all(key?: string): Predicate {
    const parts: Predicate[] = [];
    while (this.at < this.tokens.length && ![')', 'OR'].includes(this.tokens[this.at] ?? '')) {
      if (!this.take('AND')) parts.push(this.term(key));
    }
    return (metric) => parts.every((matches) => matches(metric));
  }

  private term(key?: string): Predicate {
    if (this.take('NOT')) {
      const inner = this.term(key);
      return (metric) => !inner(metric);
    }
    if (this.take('(')) {
      const inner = this.any(key);
      if (!this.take(')')) this.fail();
      return inner;
    }
    const token = this.tokens[this.at] ?? this.fail();
    this.at += 1;
    if (key === undefined && this.take('=')) return this.term(token.replace(/^"|"$/g, ''));
    return (metric) => valuesOf(metric, key).some((value) => isFound(token, value));
  }

  private take(token: string): boolean {
    if (this.tokens[this.at] !== token) return false;
    this.at += 1;
    return true;
  }

  private fail(): never {
    throw new UserError(`The search cannot be read at "${this.tokens[this.at] ?? 'its end'}": ${this.text}`);
  }
}

function valuesOf({ namespace, name, dimensions }: MetricId, key: string | undefined): string[] {
  if (key === 'MetricName') return [name];
  if (key === 'Namespace') return [namespace];
  if (key !== undefined) return [dimensions[key] ?? ''].filter((value) => value !== '');
  return [namespace, name, ...Object.entries(dimensions).flat()];
}

/** A quoted term matches exactly; another one matches the words of a value. */
const isFound = (token: string, value: string): boolean =>
  token.startsWith('"')
    ? value === token.slice(1, -1)
    : wordsOf(value).includes(token.toLowerCase()) || value.toLowerCase() === token.toLowerCase();

const wordsOf = (text: string): string[] =>
  text
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
