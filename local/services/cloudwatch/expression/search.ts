import type { MetricId } from '../../../cloud/metrics/metric-store';
import { type Language, TokenReader } from '../../../host/token-reader';

type Predicate = (metric: MetricId) => boolean;

const SEARCH: Language = {
  name: 'search',
  token: /\s*(\(|\)|=|"[^"]*"|[^\s()="]+)/y,
};

/**
 * Returns a predicate for the metrics that a search finds (CloudWatch User Guide, "Search expression
 * syntax"): `{Namespace,Dimension} MetricName="Errors" FunctionName=("a" OR "b") NOT text`.
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
  const terms = new Terms(new TokenReader(rest, SEARCH)).parse();
  return (metric) => hasSchema(metric) && terms(metric);
}

class Terms {
  constructor(private readonly tokens: TokenReader) {}

  parse(): Predicate {
    const predicate = this.any();
    this.tokens.end();
    return predicate;
  }

  private any(key?: string): Predicate {
    const parts = [this.all(key)];
    while (this.tokens.take('OR')) parts.push(this.all(key));
    return (metric) => parts.some((matches) => matches(metric));
  }

  private all(key?: string): Predicate {
    const parts: Predicate[] = [];
    while (!this.tokens.isAtEnd && ![')', 'OR'].includes(this.tokens.peek())) {
      if (!this.tokens.take('AND')) parts.push(this.term(key));
    }
    return (metric) => parts.every((matches) => matches(metric));
  }

  private term(key?: string): Predicate {
    if (this.tokens.take('NOT')) {
      const inner = this.term(key);
      return (metric) => !inner(metric);
    }
    if (this.tokens.take('(')) {
      const inner = this.any(key);
      this.tokens.expect(')');
      return inner;
    }
    const token = this.tokens.next();
    if (key === undefined && this.tokens.take('=')) return this.term(token.replace(/^"|"$/g, ''));
    return (metric) => valuesOf(metric, key).some((value) => isFound(token, value));
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
