import { type CheckResult, missing, asExpected, unknown } from './check-result';

/** The response to a probe. */
export interface NameAnswer {
  readonly status: number;
  readonly text: string;
}

export interface NameFacts {
  /** Returns whether a host name has an address. */
  readonly resolves: (host: string) => Promise<boolean>;
  /** Sends a GET request. Throws if there is no response. */
  readonly read: (url: string) => Promise<NameAnswer>;
}

/** A host name that clients of the service use. */
export interface ServiceName {
  readonly of: string;
  readonly hostname: string;
  /** A URL of the service that needs no credential. */
  readonly probe: string;
  /** Returns whether the text is the response of this service. */
  readonly isOurs: (text: string) => boolean;
  /** The place that the record of the name must point to. */
  readonly target: string;
}

/** Checks whether a name is in the DNS, and whether this service answers there. */
export async function nameCheck({ resolves, read }: NameFacts, name: ServiceName): Promise<CheckResult> {
  const { of, hostname, probe, isOurs, target } = name;
  const pointTo = `Point it to ${target} with a CNAME or an alias record.`;
  if (!(await resolves(hostname)))
    return missing(`The name of ${of}, ${hostname}, has no address in the DNS.`, pointTo);
  const answer = await read(probe).catch((error: unknown) => reasonOf(error));
  if (typeof answer === 'string')
    return missing(
      `The name of ${of}, ${hostname}, is in the DNS, but there is no connection: ${answer}.`,
      `${pointTo} Make sure that its certificate is valid for this name.`,
    );
  const { status, text } = answer;
  if (status === 429 || status >= 500)
    return unknown(
      `The service at the name of ${of}, ${hostname}, is busy (${status}).`,
      'Check again in a minute.',
    );
  return status === 200 && isOurs(text)
    ? asExpected(`The name of ${of}, ${hostname}, is in the DNS, and the service answers there.`)
    : missing(
        `The name of ${of}, ${hostname}, is in the DNS, but it does not lead to this service.`,
        pointTo,
      );
}

/** Returns why there was no response. `fetch` puts the reason into the cause of its error. */
function reasonOf(error: unknown): string {
  const { cause = error } = error as { readonly cause?: unknown };
  const { code, message } = cause as { readonly code?: unknown; readonly message?: unknown };
  return typeof code === 'string' ? code : String(message);
}
