import type { Example, HttpRequest } from './bru-file';
import { casesOf } from './cases/cases-of';
import type { ExampleCase } from './cases/example-case';
import type { CollectionRequest } from './collection-files';
import { toExample } from './example';
import { type Fixtures, withRun } from './fixtures';
import { type HttpResponse, send } from './http';
import { sendWhenSettled } from './settled';
import type { StableValues } from './stable-values';

/** A request of the collection during a run, with the responses to it and to its cases. */
export class Take {
  readonly cases: readonly ExampleCase[];
  private readonly responses = new Map<ExampleCase | undefined, HttpResponse>();

  /** `actual` is the request as Bruno sent it. Throws if it is not the request of the file. */
  constructor(
    readonly file: CollectionRequest,
    readonly actual: HttpRequest,
    private readonly fixtures: Fixtures,
  ) {
    assertMatches(file, actual);
    this.cases = casesOf(file);
  }

  /** Sends the request and its cases. Returns the response to the request. */
  async play(): Promise<HttpResponse> {
    await this.sendCases('before');
    const response = await sendWhenSettled(this.file.path, this.actual);
    this.responses.set(undefined, response);
    await this.sendCases('after');
    return response;
  }

  /** Returns the request of a case, as it is sent. */
  async requestOf(each: ExampleCase): Promise<HttpRequest> {
    const shown = withRun(each.show(this.actual));
    return each.send ? each.send(shown, this.fixtures) : shown;
  }

  setResponse(each: ExampleCase, response: HttpResponse): void {
    this.responses.set(each, response);
  }

  /** Returns a line for each response that has another status than its case. */
  wrongStatuses(): string[] {
    return [...this.responses].flatMap(([each, { status, body }]) =>
      each && status !== each.status
        ? [`${this.file.path}: "${each.name}" must be ${each.status}, but is ${status} ${body}`]
        : [],
    );
  }

  examples(stable: StableValues): Example[] {
    return [undefined, ...this.cases].flatMap((each) => {
      const response = this.responses.get(each);
      return response ? [toExample(this.file, each, response, stable)] : [];
    });
  }

  private async sendCases(when: ExampleCase['when']): Promise<void> {
    for (const each of this.cases.filter((one) => one.when === when))
      this.setResponse(each, await send(await this.requestOf(each)));
  }
}

function assertMatches(file: CollectionRequest, { method, url }: HttpRequest): void {
  const [path = ''] = file.request.url.split('?');
  const pattern = path
    .split(/\{\{\w+\}\}/)
    .map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.+');
  if (file.request.method === method && new RegExp(`^${pattern}(\\?|$)`).test(url)) return;
  throw new Error(`Bruno sent ${method} ${url} when ${file.path} was expected.`);
}
