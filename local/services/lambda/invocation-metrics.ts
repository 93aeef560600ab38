import type { MetricStore } from '../../cloud/metrics/metric-store';

type Unit = 'Count' | 'Milliseconds';

/** Reports the metrics of invocations, for each function and for all of them (namespace `AWS/Lambda`). */
export class InvocationMetrics {
  private readonly running = new Map<string, number>();

  constructor(private readonly metrics: Pick<MetricStore, 'put'>) {}

  /** Reports the start of an invocation. Call the returned function at its end. */
  start(functionName: string): (outcome: 'succeeded' | 'failed') => void {
    const startedAt = Date.now();
    this.running.set(functionName, this.countOf(functionName) + 1);
    this.reportConcurrency();
    return (outcome) => {
      this.running.set(functionName, this.countOf(functionName) - 1);
      this.put(functionName, 'Invocations', 1);
      this.put(functionName, 'Errors', outcome === 'failed' ? 1 : 0);
      this.put(functionName, 'Throttles', 0);
      this.put(functionName, 'Duration', Date.now() - startedAt, 'Milliseconds');
    };
  }

  /** Reports an invocation that did not start, which counts as no invocation. */
  throttled(functionName: string): void {
    this.put(functionName, 'Throttles', 1);
  }

  /** Reports how old the last record of a batch of a stream is, in milliseconds. */
  iteratorAge(functionName: string, ageMs: number): void {
    this.put(functionName, 'IteratorAge', ageMs, 'Milliseconds');
  }

  /** Reports how many invocations run now. */
  reportConcurrency(): void {
    let total = 0;
    for (const [functionName, count] of this.running) {
      total += count;
      this.putOne({ FunctionName: functionName }, 'ConcurrentExecutions', count, 'Count');
    }
    this.putOne({}, 'ConcurrentExecutions', total, 'Count');
  }

  private countOf(functionName: string): number {
    return this.running.get(functionName) ?? 0;
  }

  private put(functionName: string, name: string, value: number, unit: Unit = 'Count'): void {
    this.putOne({ FunctionName: functionName }, name, value, unit);
    this.putOne({}, name, value, unit);
  }

  private putOne(dimensions: Record<string, string>, name: string, value: number, unit: Unit): void {
    this.metrics.put({ namespace: 'AWS/Lambda', name, dimensions, timestamp: Date.now(), value, unit });
  }
}
